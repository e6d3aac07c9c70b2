import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { answerWith } from '../world/pod/process.ts';
import { addWorkload, answering, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** kube-proxy answers 503 on every node, but only because no pod passes its readiness probe. */
export const etpLocalNoReadyEndpointAnywhere = scenario({
  id: 'etp-local-no-ready-endpoint-anywhere',
  title: 'Under externalTrafficPolicy Local no node has a ready pod',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, externalTrafficPolicy: 'Local', healthCheck: { timeout: '2' } });
  },
  strike(_world, cluster, place) {
    const pods = podsOf(cluster, objectOf(cluster, 'Deployment', place));
    answerWith(cluster, pods, answering({ '/ready': 503, '*': 200 }));
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'pod-readiness-probe-failing',
    mechanisms: ['etp-local-no-ready-endpoint-anywhere'],
    targets: { unhealthy: 3 },
  },
});
