import { objectOf } from '../object.ts';
import { scaleDown } from '../scale.ts';
import { scenario } from '../scenario.ts';
import { addService } from '../service.ts';
import { addWorkload } from '../workload.ts';

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
