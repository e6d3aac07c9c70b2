import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** kube-proxy answers the health check for pods that are ready by definition: they have no readiness probe. */
export const trafficPortRefused = scenario({
  id: 'traffic-port-refused',
  title: 'Under the policy Local every target is healthy, and nothing listens on the port of the Service',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, { ...place, listensOn: 9090, readinessProbe: null });
    addService(world, cluster, { ...place, targetType: 'instance', externalTrafficPolicy: 'Local' });
  },
  edits: { 'edit service': 's/targetPort: 8080/targetPort: 9090/' },
  expect: { verdict: 'unserved', cause: 'traffic-port-refused', targets: { healthy: 3 } },
});
