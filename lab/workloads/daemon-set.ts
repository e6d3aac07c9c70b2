import type { DaemonSet } from '../world/kubernetes-object.ts';
import { isOwnedBy, objectsOf } from '../world/object.ts';
import { removePod } from '../world/pod/pod.ts';
import type { World, WorldCluster } from '../world/world.ts';
import { withProcesses } from './deployment.ts';
import { restartKubeProxy } from './service-proxy.ts';
import { startPod } from './start-pod.ts';

/** Replaces every pod of a changed DaemonSet by one of its new template. */
export function followDaemonSet(world: World, cluster: WorldCluster, daemonSet: DaemonSet): void {
  const { desiredNumberScheduled: all } = daemonSet.status;
  Object.assign(daemonSet.status, {
    numberReady: all,
    numberAvailable: all,
    updatedNumberScheduled: all,
    observedGeneration: daemonSet.metadata.generation,
  });
  delete daemonSet.status.numberUnavailable;
  for (const pod of objectsOf(cluster, 'Pod').filter((each) => isOwnedBy(each, daemonSet))) {
    const { nodeName } = pod.spec;
    if (nodeName === undefined) continue;
    const like = withProcesses(cluster, pod);
    removePod(world, cluster, pod);
    restartKubeProxy(cluster, startPod(world, cluster, { owner: daemonSet, nodeName, like }));
  }
}
