import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The nodes are still registered on the NodePort of before. */
export const nodeportChangedStaleTargetGroup = scenario({
  id: 'nodeport-changed-stale-target-group',
  title: 'The Service got another NodePort',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      ports: [{ name: 'http', port: 80, targetPort: 8080, nodePort: 30700 }],
      healthCheck: { timeout: '2' },
    });
  },
  strike(_world, cluster, place) {
    objectOf(cluster, 'Service', place).spec.ports[0].nodePort = 31700;
  },
  unnoticed: true,
  expect: { verdict: 'unhealthy', cause: 'nodeport-changed-stale-target-group', targets: { unhealthy: 3 } },
  variants: {
    // The health check goes to the healthCheckNodePort, which has not changed.
    local: {
      place: { targetType: 'instance', externalTrafficPolicy: 'Local' },
      expect: { verdict: 'unserved', targets: { healthy: 3 } },
    },
  },
});
