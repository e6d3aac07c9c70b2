import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';
import { targetGroupArnsOf } from '../world/target-groups-of.ts';

/** Somebody needed port 80 for a moment and never gave it back. */
export const servicePortWithoutListener = scenario({
  id: 'service-port-without-listener',
  title: 'The listener was moved to port 81 by hand: all targets are healthy, and clients of port 80 cannot connect',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, place);
  },
  strike(world, cluster, place) {
    const own = targetGroupArnsOf(world, cluster, place);
    for (const listener of world.listeners) {
      if (listener.forwards.some(({ targetGroupArn }) => own.includes(targetGroupArn))) listener.port = 81;
    }
  },
  unnoticed: true,
  expect: { verdict: 'unserved', cause: 'service-port-without-listener', targets: { healthy: 3 } },
});
