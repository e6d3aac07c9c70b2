import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { answerWith } from '../world/pod/process.ts';
import { addWorkload, answering, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The application runs, but a dependency is down and its readiness path answers 503. */
export const podReadinessProbeFailing = scenario({
  id: 'pod-readiness-probe-failing',
  title: 'No pod passes its readiness probe',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, healthCheck: { timeout: '2' } });
  },
  strike(_world, cluster, place) {
    const pods = podsOf(cluster, objectOf(cluster, 'Deployment', place));
    answerWith(cluster, pods, answering({ '/ready': 503, '*': 200 }));
  },
  expect: { verdict: 'unhealthy', cause: 'pod-readiness-probe-failing', targets: { unhealthy: 3 } },
  variants: {
    ip: { place: { targetType: 'ip' }, expect: { targets: {} } },
    local: { place: { externalTrafficPolicy: 'Local' } },
  },
});
