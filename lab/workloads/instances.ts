import type { Instance } from '../../core/model/aws.ts';
import type { Node } from '../world/kubernetes-object.ts';
import { before, minute } from '../world/moment.ts';
import { instanceIdOf } from '../world/network/node.ts';
import { startSuccessor } from '../world/network/node-group.ts';
import { objectsOf } from '../world/object.ts';
import type { World, WorldCluster } from '../world/world.ts';
import { replaceLost } from './replace-pod.ts';

/**
 * What follows from instances that were started or ended: the Node of one that runs again is Ready, that of one which is gone
 * goes too, with its pods (kubernetes/cloud-provider controllers/nodelifecycle), and its Auto Scaling group starts another one.
 */
export function followInstances(world: World, former: readonly Pick<Instance, 'id' | 'state'>[]): void {
  for (const { id, state } of former) {
    const now = world.instances.find((each) => each.id === id)?.state;
    if (now === state) continue;
    for (const cluster of world.clusters) {
      const node = objectsOf(cluster, 'Node').find((each) => instanceIdOf(each) === id);
      if (node === undefined) continue;
      if (now === 'running') revive(world, cluster, node);
      if (now === 'terminated') lose(world, cluster, node);
    }
  }
}

function revive(world: World, cluster: WorldCluster, node: Node): void {
  node.spec.taints = [];
  for (const condition of node.status.conditions) {
    Object.assign(condition, {
      status: condition.type === 'Ready' ? 'True' : 'False',
      reason: condition.type === 'Ready' ? 'KubeletReady' : `KubeletHasNo${condition.type}`,
      message: 'kubelet is posting ready status',
      lastHeartbeatTime: before(world.now, 0),
      lastTransitionTime: before(world.now, 10 * minute),
    });
  }
  forget(cluster, node);
}

function lose(world: World, cluster: WorldCluster, node: Node): void {
  startSuccessor(world, cluster, node);
  cluster.objects = cluster.objects.filter((object) => object !== node);
  losePods(world, cluster, node);
  world.networkInterfaces = world.networkInterfaces.filter(({ instanceId }) => instanceId !== instanceIdOf(node));
}

/** The pods of a Node that is gone are removed, and their owners start others (kubernetes/kubernetes pkg/controller/podgc). */
export function losePods(world: World, cluster: WorldCluster, node: Node): void {
  forget(cluster, node);
  for (const pod of objectsOf(cluster, 'Pod').filter(({ spec }) => spec.nodeName === node.metadata.name))
    replaceLost(world, cluster, pod);
}

function forget(cluster: WorldCluster, { metadata }: Node): void {
  for (const names of [cluster.hungNodes, cluster.exhaustedNodes, cluster.lossyNodes]) {
    const index = names?.indexOf(metadata.name) ?? -1;
    if (index >= 0) names?.splice(index, 1);
  }
}
