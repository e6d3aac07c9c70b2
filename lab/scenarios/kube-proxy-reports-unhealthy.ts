import { stickKubeProxy } from '../faults/stick-kube-proxy.ts';
import { scenario } from '../scenario.ts';
import { minute } from '../world/moment.ts';
import { objectsOf } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** It knows the pod of its node and answers 503 all the same; the old rules of other Services go on working. */
export const kubeProxyReportsUnhealthy = scenario({
  id: 'kube-proxy-reports-unhealthy',
  title: 'kube-proxy of one node cannot get the lock of iptables and calls itself unhealthy',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, externalTrafficPolicy: 'Local', healthCheck: { timeout: '2' } });
  },
  strike(world, cluster) {
    const [node] = objectsOf(cluster, 'Node');
    if (node) stickKubeProxy(world, cluster, { node, ageSeconds: 25 * minute });
  },
  expect: { verdict: 'unhealthy', cause: 'kube-proxy-reports-unhealthy', targets: { healthy: 2, unhealthy: 1 } },
});
