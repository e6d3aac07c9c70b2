import { deleteLoadBalancer } from '../faults/delete-load-balancer.ts';
import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** What DeleteLoadBalancer leaves behind. */
export const loadBalancerDeleted = scenario({
  id: 'load-balancer-deleted',
  title: 'The load balancer was deleted in the console, and its target group is left',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, healthCheck: { timeout: '2' } });
  },
  strike: deleteLoadBalancer,
  unnoticed: true,
  expect: { verdict: 'unhealthy', cause: 'deleted-outside-kubernetes', targets: { unused: 3 } },
});
