import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload, answering } from '../world/pod/workload.ts';
import { addService, healthCheckAnnotations } from '../world/service.ts';

/** The path is fixed, but the interval of the same edit cannot be parsed, so that the old path stays in force. */
export const hcAnnotationInvalid = scenario({
  id: 'hc-annotation-invalid',
  title: 'A mistyped interval keeps the corrected health-check path from being applied',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, { ...place, behaviour: answering({ '/ready': 200, '*': 404 }) });
    addService(world, cluster, { ...place, healthCheck: { protocol: 'http', path: '/status', timeout: '2' } });
  },
  strike(_world, cluster, place) {
    const service = objectOf(cluster, 'Service', place);
    Object.assign(service.metadata.annotations, healthCheckAnnotations({ path: '/ready', interval: '10s' }));
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'hc-annotation-invalid',
    mechanisms: ['hc-path-wrong-status'],
    targets: { unhealthy: 3 },
  },
});
