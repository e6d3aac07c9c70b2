import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';
import { targetGroupArnsOf } from '../world/target-groups-of.ts';

/** Private subnets carried the tag of public ones, so that the load balancer was made in them. */
export const internetFacingWithoutIgw = scenario({
  id: 'internet-facing-without-igw',
  title:
    'The internet-facing load balancer is in private subnets: all targets are healthy, and no client gets an answer',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, place);
  },
  strike(world, cluster, place) {
    const own = targetGroupArnsOf(world, cluster, place);
    const used = world.targetGroups.filter(({ arn }) => own.includes(arn)).flatMap((group) => group.loadBalancerArns);
    for (const balancer of world.loadBalancers) {
      if (used.includes(balancer.arn)) balancer.scheme = 'internet-facing';
    }
  },
  expect: { verdict: 'unserved', cause: 'internet-facing-without-igw', targets: { healthy: 3 } },
});
