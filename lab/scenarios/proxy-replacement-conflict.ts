import { runCilium } from '../faults/run-cilium.ts';
import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** NodePorts work as before; only Services with the policy Local notice. */
export const proxyReplacementConflict = scenario({
  id: 'proxy-replacement-conflict',
  title: 'Cilium has taken the place of kube-proxy, but its health server for NodePorts is off',
  arrange(world, cluster, place) {
    runCilium(world, cluster, { 'enable-health-check-nodeport': 'false' });
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, externalTrafficPolicy: 'Local', healthCheck: { timeout: '2' } });
  },
  expect: { verdict: 'unhealthy', cause: 'proxy-replacement-conflict', targets: { unhealthy: 3 } },
});
