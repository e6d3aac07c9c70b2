import { nothing } from './controller/noticed.ts';
import { copyOf } from './copy.ts';
import { settle } from './settle.ts';
import { before } from './world/moment.ts';
import { objectsOf } from './world/object.ts';
import { makeOlder } from './world/pass-time.ts';
import { removePod, statusesOf } from './world/pod/pod.ts';
import type { World, WorldCluster } from './world/world.ts';

/**
 * The world once so many seconds have passed in which no one changed anything: everything is older, pods whose grace period is over are
 * gone, images that were being pulled are there, and new targets have had their checks. Its clock stands where it stood.
 */
export function elapse(world: World, seconds: number): World {
  const later = copyOf(world);
  makeOlder(later, seconds);
  for (const cluster of later.clusters) {
    endTerminating(later, cluster);
    startPulled(later, cluster);
  }
  return settle(later, { reconcile: () => ({ ...nothing, targets: 'all' }) });
}

function endTerminating(world: World, cluster: WorldCluster): void {
  const isOver = (moment: string | undefined): boolean =>
    moment !== undefined && Date.parse(moment) <= Date.parse(world.now);
  for (const pod of objectsOf(cluster, 'Pod')) {
    if (isOver(pod.metadata.deletionTimestamp)) removePod(world, cluster, pod);
  }
}

/** Pods of which the kubelet says that it pulls an image, and complains of nothing. */
function startPulled(world: World, cluster: WorldCluster): void {
  const pulls = objectsOf(cluster, 'Event').filter(({ type, reason }) => type === 'Normal' && reason === 'Pulling');
  for (const pod of objectsOf(cluster, 'Pod')) {
    if (!pulls.some(({ involvedObject }) => involvedObject.uid === pod.metadata.uid)) continue;
    pod.status.phase = 'Running';
    for (const status of statusesOf(pod)) {
      Object.assign(status, { ready: true, started: true, state: { running: { startedAt: before(world.now, 60) } } });
    }
  }
  const done = new Set(pulls);
  cluster.objects = cluster.objects.filter((object) => object.kind !== 'Event' || !done.has(object));
}
