import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload, answering } from '../world/pod/workload.ts';
import { addService, healthCheckAnnotations } from '../world/service.ts';

/** The same two annotations had worked for a Service with instance targets. */
export const hcNamedPortUnresolvable = scenario({
  id: 'hc-named-port-unresolvable',
  title: 'The corrected path is stuck behind a health-check port that is a name of a name',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, { ...place, behaviour: answering({ '/ready': 200, '*': 404 }) });
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      ports: [{ name: 'web', port: 80, targetPort: 'http' }],
      healthCheck: { protocol: 'http', path: '/status', timeout: '2' },
    });
  },
  strike(_world, cluster, place) {
    const service = objectOf(cluster, 'Service', place);
    Object.assign(service.metadata.annotations, healthCheckAnnotations({ path: '/ready', port: 'web' }));
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'hc-named-port-unresolvable',
    mechanisms: ['hc-path-wrong-status'],
    targets: { unhealthy: 3 },
  },
});
