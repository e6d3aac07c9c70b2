import { breakKubeProxyPatch } from '../faults/break-kube-proxy-patch.ts';
import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/**
 * The image of kube-proxy has no shell, so the rollout stops at its first node. The rules that are there go on working,
 * but the answer to the health check of Services with the policy Local is gone.
 */
export const kubeProxyDown = scenario({
  id: 'kube-proxy-down',
  title: 'kube-proxy was patched with a command that its image cannot run',
  arrange(world, cluster, place) {
    cluster.managedAddOns = ['kube-proxy'];
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, externalTrafficPolicy: 'Local', healthCheck: { timeout: '2' } });
  },
  strike: breakKubeProxyPatch,
  expect: { verdict: 'unhealthy', cause: 'kube-proxy-down', targets: { healthy: 2, unhealthy: 1 } },
});
