import { scaleDown } from '../faults/scale.ts';
import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Its target stays in the list until the deregistration delay is over. */
export const targetDraining = scenario({
  id: 'target-draining',
  title: 'A workload was scaled down by one pod',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, { ...place, replicas: 4 });
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  strike(world, cluster, place) {
    scaleDown(world, cluster, objectOf(cluster, 'Deployment', place));
  },
  expect: { verdict: 'expected', cause: 'target-draining', targets: { healthy: 3, draining: 1 } },
});
