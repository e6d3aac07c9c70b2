import { startRollout } from '../faults/rollout.ts';
import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Without a readiness probe it was registered at once, and it takes a few minutes to fill its caches before it listens. */
export const rolloutInProgress = scenario({
  id: 'rollout-in-progress',
  title: 'The first pod of a rollout is registered and still starting',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, { ...place, readinessProbe: null });
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  strike(world, cluster, place) {
    startRollout(world, cluster, { deployment: objectOf(cluster, 'Deployment', place), ageSeconds: 240 });
  },
  expect: { verdict: 'expected', cause: 'rollout-in-progress', targets: { healthy: 3, unhealthy: 1 } },
});
