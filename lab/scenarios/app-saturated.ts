import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { answerWith } from '../world/pod/process.ts';
import { addWorkload, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** A sale began: half of the requests find a free worker, the others wait for one longer than the health check does. */
export const appSaturated = scenario({
  id: 'app-saturated',
  title: 'The application has too few workers for its load',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  strike(_world, cluster, place) {
    const pods = podsOf(cluster, objectOf(cluster, 'Deployment', place));
    answerWith(cluster, pods, { kind: 'http', paths: { '*': 200 }, delayMs: 3200, slowEvery: 2 });
  },
  expect: { verdict: 'unhealthy', cause: 'app-saturated', targets: { unhealthy: 3 } },
});
