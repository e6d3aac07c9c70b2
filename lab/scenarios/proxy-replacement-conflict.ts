import { replaceKubeProxy } from '../faults/replace-kube-proxy.ts';
import { scenario } from '../scenario.ts';
import { day } from '../world/moment.ts';
import { metadata, put } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** NodePorts work as before; only Services with the policy Local notice. */
export const proxyReplacementConflict = scenario({
  id: 'proxy-replacement-conflict',
  title: 'Cilium has taken the place of kube-proxy, but its health server for NodePorts is off',
  arrange(world, cluster, place) {
    replaceKubeProxy(world, cluster, {
      name: 'cilium',
      container: { name: 'cilium-agent', image: 'quay.io/cilium/cilium:v1.17.6' },
      log: ['level=info msg="Initializing daemon"'],
    });
    put(cluster, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metadata(world, cluster, {
        kind: 'ConfigMap',
        namespace: 'kube-system',
        name: 'cilium-config',
        ageSeconds: 20 * day,
      }),
      data: {
        'cni-chaining-mode': 'aws-cni',
        'enable-health-check-nodeport': 'false',
        'kube-proxy-replacement': 'true',
        'routing-mode': 'native',
      },
    });
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, externalTrafficPolicy: 'Local', healthCheck: { timeout: '2' } });
  },
  expect: { verdict: 'unhealthy', cause: 'proxy-replacement-conflict', targets: { unhealthy: 3 } },
});
