import { faultAgeSeconds } from '../physics/kubelet.ts';
import { recordEvent } from '../world/event.ts';
import type { Node, Pod } from '../world/kubernetes-object.ts';
import { before, minute } from '../world/moment.ts';
import { nodeOf } from '../world/network/node.ts';
import { endRun } from '../world/pod/end-run.ts';
import { releaseAddress, statusesOf } from '../world/pod/pod.ts';
import type { World, WorldCluster } from '../world/world.ts';

/** Fills the disk of a node, so that its kubelet takes no pods any more (kubernetes.io, node-pressure eviction). */
export function fillDisk(world: World, node: Node): void {
  const since = before(world.now, faultAgeSeconds + minute);
  for (const condition of node.status.conditions) {
    if (condition.type !== 'DiskPressure') continue;
    Object.assign(condition, { status: 'True', reason: 'KubeletHasDiskPressure', lastTransitionTime: since });
  }
  node.spec.taints = [{ key: 'node.kubernetes.io/disk-pressure', effect: 'NoSchedule', timeAdded: since }];
}

/** Ends a pod for the sake of its node; the object stays and serves nobody. */
export function evict(world: World, cluster: WorldCluster, pod: Pod): void {
  const { namespace, name } = pod.metadata;
  const node = nodeOf(cluster, pod);
  const message = `The node was low on resource: ephemeral-storage. Threshold quantity: 8579462103, available: 7311104Ki. Container ${pod.spec.containers[0].name} was using 11482020Ki, request is 0, has larger consumption of ephemeral-storage. `;
  releaseAddress(world, pod);
  delete cluster.processes[`${namespace}/${name}`];
  delete pod.status.podIP;
  delete pod.status.podIPs;
  const finishedAt = before(world.now, faultAgeSeconds);
  pod.status.phase = 'Failed';
  pod.status.reason = 'Evicted';
  pod.status.message = message;
  for (const condition of pod.status.conditions) {
    if (condition.type !== 'Ready' && condition.type !== 'ContainersReady') continue;
    Object.assign(condition, { status: 'False', reason: 'PodFailed', lastTransitionTime: finishedAt });
  }
  for (const status of statusesOf(pod)) {
    endRun(status, { exitCode: 137, reason: 'Error', finishedAt });
  }
  recordEvent(world, cluster, {
    about: pod,
    type: 'Warning',
    reason: 'Evicted',
    message,
    component: 'kubelet',
    ageSeconds: faultAgeSeconds,
  });
  recordEvent(world, cluster, {
    about: node,
    type: 'Warning',
    reason: 'EvictionThresholdMet',
    message: 'Attempting to reclaim ephemeral-storage',
    component: 'kubelet',
    ageSeconds: minute,
    lastingSeconds: faultAgeSeconds,
    count: 60,
  });
}
