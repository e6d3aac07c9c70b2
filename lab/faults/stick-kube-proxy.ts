import type { Node } from '../world/kubernetes-object.ts';
import { before } from '../world/moment.ts';
import { objectsOf } from '../world/object.ts';
import type { World, WorldCluster } from '../world/world.ts';

/** kube-proxy of this node runs on but cannot write rules any more, since another process keeps the lock of iptables. */
export function stickKubeProxy(
  world: World,
  cluster: WorldCluster,
  { node, ageSeconds }: { node: Node; ageSeconds: number },
): void {
  const { name } = node.metadata;
  cluster.kubeProxyStuckSince = { ...cluster.kubeProxyStuckSince, [name]: before(world.now, ageSeconds) };
  const pod = objectsOf(cluster, 'Pod').find(
    ({ metadata, spec }) => metadata.labels['k8s-app'] === 'kube-proxy' && spec.nodeName === name,
  );
  if (pod === undefined) return;
  cluster.logs[`kube-system/${pod.metadata.name}/kube-proxy`] = {
    current: [
      'E1122 09:35:00.441902       1 proxier.go:1564] "Failed to execute iptables-restore" err="exit status 4: Another app is currently holding the xtables lock; still 5s 0us time ahead to have a chance to grab the lock..."',
    ],
  };
}
