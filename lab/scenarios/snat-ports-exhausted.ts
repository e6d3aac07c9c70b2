import { scenario } from '../scenario.ts';
import { before, minute } from '../world/moment.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';
import { targetGroupArnsOf } from '../world/target-groups-of.ts';

/** A batch job opens a connection for each record; three pods cannot take as many from one address. */
export const snatPortsExhausted = scenario({
  id: 'snat-ports-exhausted',
  title: 'Clients open more connections than the load balancer has source ports for three targets',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      controller: 'lbc',
      annotations: {
        'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes': 'preserve_client_ip.enabled=false',
      },
    });
  },
  strike(world, cluster, place) {
    const arns = targetGroupArnsOf(world, cluster, place);
    const [loadBalancerArn = ''] = world.targetGroups.find(({ arn }) => arns.includes(arn))?.loadBalancerArns ?? [];
    const lately = { loadBalancerArn, from: before(world.now, 12 * minute - 1), to: world.now };
    world.past = {
      struckAt: world.now,
      counts: [
        { ...lately, metric: 'NewFlowCount', perMinute: 171_400 },
        { ...lately, metric: 'PortAllocationErrorCount', perMinute: 620 },
      ],
    };
  },
  expect: { verdict: 'unserved', cause: 'snat-ports-exhausted', targets: { healthy: 3 } },
});
