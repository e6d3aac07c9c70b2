import { replacePods } from '../faults/scale.ts';
import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Another tool of the account uses up the calls, and the controller still waits for its turn. */
export const controllerThrottled = scenario({
  id: 'controller-throttled',
  title: 'The pods were replaced, and the calls that would register the new ones are throttled',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  strike(world, cluster, place) {
    cluster.controllerFailures = [
      {
        call: 'RegisterTargets',
        message:
          'operation error Elastic Load Balancing v2: DeregisterTargets, exceeded maximum number of attempts, 10, https response error StatusCode: 400, api error Throttling: Rate exceeded',
      },
    ];
    replacePods(world, cluster, objectOf(cluster, 'Deployment', place));
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'controller-throttled',
    mechanisms: ['stale-targets-not-deregistered'],
    targets: { unhealthy: 3 },
  },
});
