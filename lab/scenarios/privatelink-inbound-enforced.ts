import { scenario } from '../scenario.ts';
import { resourceId } from '../world/identifier.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';
import { targetGroupArnsOf } from '../world/target-groups-of.ts';

/** A Service for the own VPC was published to other accounts; the ranges that it admits stayed those of the VPC. */
export const privatelinkInboundEnforced = scenario({
  id: 'privatelink-inbound-enforced',
  title: 'An endpoint service was made from a load balancer that admits its own VPC only',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, loadBalancerSourceRanges: [`${world.network}.0.0/16`] });
  },
  strike(world, cluster, place) {
    const own = targetGroupArnsOf(world, cluster, place);
    const used = world.targetGroups.filter(({ arn }) => own.includes(arn)).flatMap((group) => group.loadBalancerArns);
    const id = resourceId('vpce-svc', `${place.namespace}/${place.name}`);
    world.endpointServices.push({
      id,
      name: `com.amazonaws.vpce.${world.region}.${id}`,
      state: 'Available',
      loadBalancerArns: [...new Set(used)],
    });
  },
  expect: { verdict: 'healthy', cause: null, targets: { healthy: 3 } },
});
