import { stall } from '../../faults/stall.ts';
import type { Node } from '../kubernetes-object.ts';
import { before } from '../moment.ts';
import { objectsOf } from '../object.ts';
import type { World, WorldCluster } from '../world.ts';
import { instanceIdOf } from './node.ts';
import { addNodeGroup } from './node-group.ts';

interface Join {
  /** The node group that it belongs to. */
  group: string;
  /** Seconds since the Node object was made. */
  ageSeconds: number;
}

const serviceProxies = ['kube-proxy', 'cilium', 'kube-router'];

/** Adds a node that has just joined: it is Ready, and kube-proxy or what stands in for it is not running there yet. */
export function joinNode(world: World, cluster: WorldCluster, { group, ageSeconds }: Join): Node {
  const [node] = addNodeGroup(world, cluster, { name: group, nodes: 1 });
  if (node === undefined) throw new Error('no node was added');
  const joinedAt = before(world.now, ageSeconds);
  node.metadata.creationTimestamp = joinedAt;
  for (const condition of node.status.conditions) {
    Object.assign(condition, { lastHeartbeatTime: joinedAt, lastTransitionTime: joinedAt });
  }
  const instance = world.instances.find(({ id }) => id === instanceIdOf(node));
  if (instance) instance.launchedAt = before(world.now, ageSeconds + 60);
  const pods = objectsOf(cluster, 'Pod').filter(({ spec }) => spec.nodeName === node.metadata.name);
  for (const pod of pods) {
    pod.metadata.creationTimestamp = joinedAt;
    if (!serviceProxies.includes(pod.metadata.labels['k8s-app'] ?? '')) continue;
    const [{ image }] = pod.spec.containers;
    stall(world, cluster, {
      pod,
      waiting: { reason: 'ContainerCreating' },
      event: { type: 'Normal', reason: 'Pulling', message: `Pulling image "${image}"` },
    });
  }
  return node;
}
