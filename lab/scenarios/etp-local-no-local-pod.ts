import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Two replicas run on two of three nodes, as they should. */
export const etpLocalNoLocalPod = scenario({
  id: 'etp-local-no-local-pod',
  title: 'Under externalTrafficPolicy Local a node without a pod takes no traffic',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, { ...place, replicas: 2 });
    addService(world, cluster, { ...place, externalTrafficPolicy: 'Local', healthCheck: { timeout: '2' } });
  },
  expect: { verdict: 'expected', cause: 'etp-local-no-local-pod', targets: { healthy: 2, unhealthy: 1 } },
  variants: {
    ccm: { place: { targetType: 'instance', controller: 'ccm' } },
  },
});
