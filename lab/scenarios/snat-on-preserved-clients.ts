import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';
import { targetGroupArnsOf } from '../world/target-groups-of.ts';

/** The application wanted addresses of clients in its log; the nodes are in public subnets. */
export const snatOnPreservedClients = scenario({
  id: 'snat-on-preserved-clients',
  title: 'Pods in public subnets get clients with their own addresses and may answer by another interface',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      controller: 'lbc',
      annotations: {
        'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes': 'preserve_client_ip.enabled=true',
      },
    });
    for (const route of world.routeTables.flatMap(({ routes }) => routes)) {
      if (route.destination === '0.0.0.0/0') route.target = 'igw-0c1d2e3f405162738';
    }
  },
  strike(world, cluster, place) {
    const own = targetGroupArnsOf(world, cluster, place);
    const used = world.targetGroups.filter(({ arn }) => own.includes(arn)).flatMap((group) => group.loadBalancerArns);
    for (const balancer of world.loadBalancers) {
      if (used.includes(balancer.arn)) balancer.scheme = 'internet-facing';
    }
  },
  expect: { verdict: 'healthy', cause: null, targets: { healthy: 3 } },
});
