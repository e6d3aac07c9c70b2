import type { Pod } from '../world/kubernetes-object.ts';
import { isOwnedBy, objectsOf } from '../world/object.ts';
import { removePod } from '../world/pod/pod.ts';
import type { World, WorldCluster } from '../world/world.ts';
import { withProcesses } from './deployment.ts';
import { nodeFor } from './node-for.ts';
import { restartKubeProxy } from './service-proxy.ts';
import { startPod } from './start-pod.ts';

/** What the owner of a pod that was deleted or evicted does: it starts another one where one is missing. */
export function replaceLost(world: World, cluster: WorldCluster, pod: Pod): void {
  const like = withProcesses(cluster, pod);
  removePod(world, cluster, pod);
  const nodes = new Set(objectsOf(cluster, 'Node').map(({ metadata }) => metadata.name));
  const daemonSet = objectsOf(cluster, 'DaemonSet').find((each) => isOwnedBy(pod, each));
  if (daemonSet !== undefined && nodes.has(pod.spec.nodeName ?? '')) {
    startPod(world, cluster, { owner: daemonSet, nodeName: pod.spec.nodeName ?? '', like });
    restartKubeProxy(cluster, pod);
  }
  const replicaSet = objectsOf(cluster, 'ReplicaSet').find((each) => isOwnedBy(pod, each));
  if (replicaSet === undefined) return;
  const present = objectsOf(cluster, 'Pod').filter(
    (each) => isOwnedBy(each, replicaSet) && each.status.phase !== 'Failed',
  );
  if (present.length >= (replicaSet.spec.replicas ?? 0)) return;
  startPod(world, cluster, { owner: replicaSet, nodeName: nodeFor(cluster, pod), like });
}
