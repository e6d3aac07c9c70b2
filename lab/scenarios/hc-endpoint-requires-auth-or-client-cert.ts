import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { answerWith } from '../world/pod/process.ts';
import { addWorkload, answering, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The readiness path was left open, the start page was not. */
export const hcEndpointRequiresAuthOrClientCert = scenario({
  id: 'hc-endpoint-requires-auth-or-client-cert',
  title: 'A new release wants a login for the page that the health check asks',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, targetType: 'ip', healthCheck: { protocol: 'http', timeout: '2' } });
  },
  strike(_world, cluster, place) {
    const pods = podsOf(cluster, objectOf(cluster, 'Deployment', place));
    answerWith(cluster, pods, answering({ '/ready': 200, '*': 401 }));
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'hc-endpoint-requires-auth-or-client-cert',
    targets: { unhealthy: 3 },
  },
  variants: {
    ccm: { place: { targetType: 'instance', controller: 'ccm' } },
  },
});
