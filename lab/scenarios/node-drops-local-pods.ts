import { replaceKubeProxy } from '../faults/replace-kube-proxy.ts';
import { scenario } from '../scenario.ts';
import { day } from '../world/moment.ts';
import { metadata, put } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The only pod answers on its own address, and through every node but the one that it runs on. */
export const nodeDropsLocalPods = scenario({
  id: 'node-drops-local-pods',
  title: 'Cilium is chained behind the VPC CNI, and drops connections to a NodePort of the pod’s own node',
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
      data: { 'cni-chaining-mode': 'aws-cni', 'kube-proxy-replacement': 'true', 'routing-mode': 'native' },
    });
    addWorkload(world, cluster, { ...place, replicas: 1 });
    addService(world, cluster, { ...place, healthCheck: { timeout: '2' } });
  },
  strike(_world, cluster, { namespace }) {
    cluster.dropsLocalPodsIn = namespace;
  },
  expect: { verdict: 'unhealthy', cause: 'node-drops-local-pods', targets: { healthy: 2, unhealthy: 1 } },
});
