import { scenario } from '../scenario.ts';
import { before, minute } from '../world/moment.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';
import { targetGroupArnsOf } from '../world/target-groups-of.ts';

/** They wanted to chain load balancers, and the controller has not looked since. */
export const targetIpBelongsToALoadBalancer = scenario({
  id: 'target-ip-belongs-to-a-load-balancer',
  title: 'Somebody registered the address of another load balancer by hand',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, targetType: 'ip', healthCheck: { timeout: '2' } });
  },
  strike(world, cluster, place) {
    const own = targetGroupArnsOf(world, cluster, place);
    const other = world.networkInterfaces.find(({ interfaceType }) => interfaceType === 'network_load_balancer');
    for (const targetGroupArn of own) {
      world.registrations?.push({
        targetGroupArn,
        id: other?.privateIps[0] ?? '',
        port: 8080,
        registeredAt: before(world.now, 20 * minute),
      });
    }
  },
  unnoticed: true,
  expect: {
    verdict: 'unhealthy',
    cause: 'target-ip-belongs-to-a-load-balancer',
    targets: { healthy: 3, unused: 1 },
  },
});
