import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The third node has no pod and drops what it gets, but kube-proxy listens there as everywhere. */
export const hcTcpOverrideUnderLocal = scenario({
  id: 'hc-tcp-override-under-local',
  title: 'A TCP health check of the healthCheckNodePort calls a node without a pod healthy',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, { ...place, replicas: 2 });
    addService(world, cluster, {
      ...place,
      externalTrafficPolicy: 'Local',
      healthCheck: { protocol: 'tcp', timeout: '2' },
    });
  },
  expect: { verdict: 'healthy', cause: null, targets: { healthy: 3 } },
});
