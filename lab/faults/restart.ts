import { faultAgeSeconds } from '../physics/kubelet.ts';
import { before } from '../world/moment.ts';
import type { KubernetesObject, World, WorldCluster } from '../world/world.ts';

/** Lets the containers of a crashing pod start again, and stay up. */
export function restart(world: World, cluster: WorldCluster, pod: KubernetesObject): void {
  const { namespace, name } = pod['metadata'];
  for (const status of pod['status'].containerStatuses) {
    status.started = true;
    status.restartCount += 1;
    status.state = { running: { startedAt: before(world.now, faultAgeSeconds + 10) } };
    const log = cluster.logs[`${namespace}/${name}/${status.name}`];
    if (log) log.current = ['listening'];
  }
}
