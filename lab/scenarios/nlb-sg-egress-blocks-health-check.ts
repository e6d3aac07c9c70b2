import type { SecurityGroup } from '../../core/model/aws.ts';
import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** A rule of the house: no security group lets everything out. Those of other load balancers have not been reached yet. */
export const nlbSgEgressBlocksHealthCheck = scenario({
  id: 'nlb-sg-egress-blocks-health-check',
  title: 'Somebody cut down the outbound rules of the load balancer to HTTPS',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, healthCheck: { timeout: '2' } });
  },
  strike(world, _cluster, { namespace, name }) {
    const isConcerned = ({ tags }: SecurityGroup): boolean =>
      tags['service.k8s.aws/stack'] === `${namespace}/${name}` || tags['elbv2.k8s.aws/resource'] === 'backend-sg';
    for (const group of world.securityGroups.filter(isConcerned)) {
      for (const rule of group.rules) {
        if (rule.egress) Object.assign(rule, { protocol: 'tcp', fromPort: 443, toPort: 443 });
      }
    }
  },
  expect: { verdict: 'unhealthy', cause: 'nlb-sg-egress-blocks-health-check', targets: { unhealthy: 3 } },
});
