import { scenario } from '../scenario.ts';
import { injectSidecars } from '../world/mesh.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The health check only connects, which the mesh's proxy allows. */
export const trafficPortHangsUp = scenario({
  id: 'traffic-port-hangs-up',
  title: 'The namespace joined a mesh that takes only mutual TLS, and a TCP health check does not notice',
  arrange(world, cluster, place) {
    const deployment = addWorkload(world, cluster, place);
    injectSidecars(cluster, deployment);
    addService(world, cluster, { targetType: 'ip', ...place });
  },
  expect: { verdict: 'unserved', cause: 'traffic-port-hangs-up', targets: { healthy: 3 } },
});
