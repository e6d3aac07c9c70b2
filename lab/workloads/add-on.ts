import { kubeProxyContainer } from '../world/kube-proxy-add-on.ts';
import { objectOf } from '../world/object.ts';
import type { World, WorldCluster } from '../world/world.ts';
import { followDaemonSet } from './daemon-set.ts';

/** What EKS does with `--resolve-conflicts OVERWRITE`: it writes its own settings over those that somebody changed. The lab knows kube-proxy's. */
export function rewriteAddOn(world: World, cluster: WorldCluster, name: string): void {
  if (name !== 'kube-proxy') return;
  const daemonSet = objectOf(cluster, 'DaemonSet', { namespace: 'kube-system', name });
  daemonSet.metadata.generation = (daemonSet.metadata.generation ?? 1) + 1;
  daemonSet.spec.template.spec.containers = [kubeProxyContainer()];
  followDaemonSet(world, cluster, daemonSet);
}
