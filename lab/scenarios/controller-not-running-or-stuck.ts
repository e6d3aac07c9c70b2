import { replacePods } from '../faults/scale.ts';
import { stopController } from '../faults/stop-controller.ts';
import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The target group still holds the addresses of pods that are gone. */
export const controllerNotRunningOrStuck = scenario({
  id: 'controller-not-running-or-stuck',
  title: 'The controller was scaled to zero before the pods were replaced',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  strike(world, cluster, place) {
    stopController(world, cluster);
    replacePods(world, cluster, objectOf(cluster, 'Deployment', place));
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'controller-not-running-or-stuck',
    mechanisms: ['stale-targets-not-deregistered'],
    targets: { unhealthy: 3 },
  },
});
