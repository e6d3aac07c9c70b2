import { replacePods } from '../faults/scale.ts';
import { deafenController } from '../faults/stop-controller.ts';
import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The target group still holds the addresses of pods that are gone. */
export const staleTargetsNotDeregistered = scenario({
  id: 'stale-targets-not-deregistered',
  title: 'The controller runs and leads, and heard nothing of the pods that were replaced',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  strike(world, cluster, place) {
    deafenController(cluster);
    replacePods(world, cluster, objectOf(cluster, 'Deployment', place));
  },
  expect: { verdict: 'unhealthy', cause: 'stale-targets-not-deregistered', targets: { unhealthy: 3 } },
});
