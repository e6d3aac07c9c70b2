import { replacePods } from '../faults/scale.ts';
import { uninstallController } from '../faults/stop-controller.ts';
import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The Service kept its class, and nobody of that class is left to follow the next rollout. */
export const noControllerOwnsService = scenario({
  id: 'no-controller-owns-service',
  title: 'The AWS Load Balancer Controller was uninstalled, its Service was not moved to another one',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  strike(world, cluster, place) {
    uninstallController(world, cluster);
    replacePods(world, cluster, objectOf(cluster, 'Deployment', place));
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'no-controller-owns-service',
    mechanisms: ['stale-targets-not-deregistered'],
    targets: { unhealthy: 3 },
  },
});
