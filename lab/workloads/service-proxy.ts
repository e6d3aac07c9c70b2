import type { Pod } from '../world/kubernetes-object.ts';
import type { WorldCluster } from '../world/world.ts';

/** A new kube-proxy of a node holds no lock that it waits for, and knows its node by the name that its command gives it. */
export function restartKubeProxy(cluster: WorldCluster, { metadata, spec }: Pod): void {
  if (metadata.labels['k8s-app'] !== 'kube-proxy') return;
  const { nodeName = '' } = spec;
  delete cluster.kubeProxyStuckSince?.[nodeName];
  const isNamed = (spec.containers[0].command ?? []).some((part) => part.startsWith('--hostname-override'));
  if (isNamed) delete cluster.kubeProxyNames[nodeName];
}
