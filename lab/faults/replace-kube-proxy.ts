import { objectsOf } from '../world/object.ts';
import { addDaemonSet, type DaemonSetOptions } from '../world/pod/daemon-set.ts';
import { removePod } from '../world/pod/pod.ts';
import type { World, WorldCluster } from '../world/world.ts';

/** Removes kube-proxy with all that belongs to it, and runs another service proxy on every node. */
export function replaceKubeProxy(world: World, cluster: WorldCluster, replacement: DaemonSetOptions): void {
  for (const pod of objectsOf(cluster, 'Pod')) {
    if (pod.metadata.labels['k8s-app'] === 'kube-proxy') removePod(world, cluster, pod);
  }
  cluster.objects = cluster.objects.filter(({ metadata: { name } }) => !/^kube-proxy(-config)?$/.test(name));
  addDaemonSet(world, cluster, replacement);
}
