import { recordEvent } from '../world/event.ts';
import type { Node } from '../world/kubernetes-object.ts';
import { before, minute } from '../world/moment.ts';
import { instanceIdOf } from '../world/network/node.ts';
import type { World, WorldCluster } from '../world/world.ts';

/** Long enough to fail the health check, too short for the eviction of pods, which comes after five minutes. */
const lostSeconds = 4 * minute;

/**
 * The kubelet posts no status any more: the node lifecycle controller sets every condition to Unknown and taints the node
 * (kubernetes/kubernetes pkg/controller/nodelifecycle).
 */
function loseContact(world: World, cluster: WorldCluster, node: Node): void {
  for (const condition of node.status.conditions) {
    Object.assign(condition, {
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
      lastHeartbeatTime: before(world.now, lostSeconds + 40),
      lastTransitionTime: before(world.now, lostSeconds),
    });
  }
  const timeAdded = before(world.now, lostSeconds);
  const key = 'node.kubernetes.io/unreachable';
  node.spec.taints = ['NoSchedule', 'NoExecute'].map((effect) => ({ key, effect, timeAdded }));
  recordEvent(world, cluster, {
    about: node,
    type: 'Normal',
    reason: 'NodeNotReady',
    message: `Node ${node.metadata.name} status is now: NodeNotReady`,
    component: 'node-controller',
    ageSeconds: lostSeconds,
  });
}

/** The machine hangs: EC2 says that it runs, but nothing on it answers. */
export function hangNode(world: World, cluster: WorldCluster, node: Node): void {
  loseContact(world, cluster, node);
  cluster.hungNodes = [...(cluster.hungNodes ?? []), node.metadata.name];
}

/** Somebody stops the instance of a node. */
export function stopInstance(world: World, cluster: WorldCluster, node: Node): void {
  loseContact(world, cluster, node);
  const shutdown = { key: 'node.cloudprovider.kubernetes.io/shutdown', effect: 'NoSchedule' };
  node.spec.taints = [...(node.spec.taints ?? []), shutdown];
  for (const instance of world.instances) {
    if (instance.id === instanceIdOf(node)) instance.state = 'stopped';
  }
}
