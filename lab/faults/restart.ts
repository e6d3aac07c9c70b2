import { faultAgeSeconds } from '../physics/kubelet.ts';
import type { Pod } from '../world/kubernetes-object.ts';
import { before } from '../world/moment.ts';
import { statusesOf } from '../world/pod/pod.ts';
import type { World, WorldCluster } from '../world/world.ts';

/** Lets the containers of a crashing pod start again, and stay up. */
export function restart(world: World, cluster: WorldCluster, pod: Pod): void {
  const { namespace, name } = pod.metadata;
  for (const status of statusesOf(pod)) {
    status.started = true;
    status.restartCount += 1;
    status.state = { running: { startedAt: before(world.now, faultAgeSeconds + 10) } };
    const log = cluster.logs[`${namespace}/${name}/${status.name}`];
    if (log) log.current = ['listening'];
  }
}
