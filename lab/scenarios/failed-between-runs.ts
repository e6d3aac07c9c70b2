import { scenario } from '../scenario.ts';
import { before, minute } from '../world/moment.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';
import { targetGroupArnsOf } from '../world/target-groups-of.ts';

/** Somebody restarted every pod at once between two audits; nothing is left to see of it but what CloudWatch counted. */
export const failedBetweenRuns = scenario({
  id: 'failed-between-runs',
  title: 'All targets were unhealthy for four minutes, and recovered before the next run',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, targetType: 'ip', healthCheck: { protocol: 'http', timeout: '2' } });
  },
  strike(world, cluster, place) {
    const { now } = world;
    const [targetGroupArn = ''] = targetGroupArnsOf(world, cluster, place);
    const spell = { from: before(now, 14 * minute), to: before(now, 10 * minute) };
    world.past = { struckAt: now, spells: [{ targetGroupArn, ...spell, unhealthy: 3 }] };
  },
  expect: { verdict: 'healthy', cause: null, targets: { healthy: 3 } },
});
