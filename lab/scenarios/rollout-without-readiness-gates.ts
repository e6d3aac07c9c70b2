import { completeRollout } from '../faults/rollout.ts';
import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Pods are ready within seconds, so that the rollout is over before the load balancer has taken in the first of them. */
export const rolloutWithoutReadinessGates = scenario({
  id: 'rollout-without-readiness-gates',
  title: 'A rollout has replaced every pod, and the new targets are still being registered',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  strike(world, cluster, place) {
    completeRollout(world, cluster, { deployment: objectOf(cluster, 'Deployment', place), ageSeconds: 60 });
  },
  fixedElsewhere: {
    'readiness-gate-inject': 'it shows at the next rollout; what is seen of this one passes by itself',
  },
  expect: { verdict: 'expected', cause: 'registration-in-progress', targets: { initial: 3, draining: 3 } },
});
