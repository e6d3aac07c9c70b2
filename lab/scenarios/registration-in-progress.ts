import { scaleUp } from '../faults/scale.ts';
import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The load balancer needs minutes to take in a new target. */
export const registrationInProgress = scenario({
  id: 'registration-in-progress',
  title: 'A pod that has just become ready is being registered',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, { ...place, replicas: 2 });
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  strike(world, cluster, place) {
    scaleUp(world, cluster, { deployment: objectOf(cluster, 'Deployment', place), ageSeconds: 30 });
  },
  expect: { verdict: 'expected', cause: 'registration-in-progress', targets: { healthy: 2, initial: 1 } },
});
