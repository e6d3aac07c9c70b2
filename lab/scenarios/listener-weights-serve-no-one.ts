import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';
import { targetGroupArnsOf } from '../world/target-groups-of.ts';

/** A script took the old version out before it let the new one in, and ended there. */
export const listenerWeightsServeNoOne = scenario({
  id: 'listener-weights-serve-no-one',
  title: 'All targets are healthy, and the listener gives their target group the weight 0 and no other one any',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, healthCheck: { timeout: '2' } });
  },
  strike(world, cluster, place) {
    const own = targetGroupArnsOf(world, cluster, place);
    for (const { forwards } of world.listeners) {
      for (const each of forwards) if (own.includes(each.targetGroupArn)) each.weight = 0;
    }
  },
  unnoticed: true,
  expect: { verdict: 'unserved', cause: 'listener-weights-serve-no-one', targets: { healthy: 3 } },
});
