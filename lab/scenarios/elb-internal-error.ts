import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';
import { targetGroupArnsOf } from '../world/target-groups-of.ts';

/** Nothing is wrong with the targets. */
export const elbInternalError = scenario({
  id: 'elb-internal-error',
  title: 'Elastic Load Balancing cannot determine the health of the targets',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, targetType: 'ip', healthCheck: { timeout: '2' } });
  },
  strike(world, cluster, place) {
    world.healthUnavailable = targetGroupArnsOf(world, cluster, place);
  },
  expect: { verdict: 'unhealthy', cause: 'elb-internal-error', targets: { unavailable: 3 } },
});
