import { scenario } from '../scenario.ts';
import { minute } from '../world/moment.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';
import { targetGroupArnsOf } from '../world/target-groups-of.ts';

/** Its network interfaces could not be made, so that it never checks a target. */
export const loadBalancerNotActive = scenario({
  id: 'load-balancer-not-active',
  title: 'A new load balancer could not be set up',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, healthCheck: { timeout: '2' }, ageSeconds: 40 * minute });
  },
  strike(world, cluster, place) {
    const arns = targetGroupArnsOf(world, cluster, place);
    for (const loadBalancer of world.loadBalancers) {
      const serves = world.targetGroups.some(
        (group) => arns.includes(group.arn) && group.loadBalancerArns.includes(loadBalancer.arn),
      );
      if (!serves) continue;
      loadBalancer.state = 'failed';
      loadBalancer.stateReason = 'Not enough free addresses in the subnets of the load balancer';
      world.networkInterfaces = world.networkInterfaces.filter(
        ({ description }) => description !== `ELB ${loadBalancer.arn.split(':loadbalancer/')[1]}`,
      );
    }
  },
  expect: { verdict: 'unhealthy', cause: 'load-balancer-not-active', targets: { initial: 3 } },
});
