import { scenario } from '../scenario.ts';
import { addFrontedIngress } from '../world/front-load-balancer.ts';
import { addWorkload, answering } from '../world/pod/workload.ts';

/** The only rule of the Ingress wants a host name, which no health check sends. */
export const frontendNlbAlbTargetUnhealthy = scenario({
  id: 'frontend-nlb-alb-target-unhealthy',
  title: 'The Application Load Balancer behind the Network Load Balancer answers the health check with 404',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addFrontedIngress(world, cluster, { place, behaviour: answering({ '*': 404 }) });
  },
  expect: { verdict: 'unhealthy', cause: 'frontend-nlb-alb-target-unhealthy', targets: { unhealthy: 1 } },
});
