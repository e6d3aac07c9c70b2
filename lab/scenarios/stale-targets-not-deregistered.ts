import { objectOf } from '../object.ts';
import { replacePods } from '../scale.ts';
import { scenario } from '../scenario.ts';
import { addService } from '../service.ts';
import { deafenController } from '../stop-controller.ts';
import { addWorkload } from '../workload.ts';

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
