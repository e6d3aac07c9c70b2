import { isReady } from '../physics/kubelet.ts';
import type { Node, Pod } from '../world/kubernetes-object.ts';
import { isOfAddedGroup } from '../world/network/node.ts';
import { objectsOf } from '../world/object.ts';
import type { WorldCluster } from '../world/world.ts';

/** Where the scheduler puts a pod: on the node of the one that it replaces, else on the node with the fewest pods that takes any. */
export function nodeFor(cluster: WorldCluster, former: Pod | undefined): string {
  const nodes = objectsOf(cluster, 'Node').filter(takesPods);
  const same = nodes.find(({ metadata }) => metadata.name === former?.spec.nodeName);
  if (same !== undefined) return same.metadata.name;
  // A pod that was kept to the nodes of a group stays with the group.
  const own = objectsOf(cluster, 'Node').find(({ metadata }) => metadata.name === former?.spec.nodeName);
  const group = nodes.filter((node) => own !== undefined && groupOf(node) === groupOf(own));
  const free = group.length > 0 ? group : nodes.filter((node) => !isOfAddedGroup(node));
  const [best] = free.toSorted((a, b) => podsOn(cluster, a) - podsOn(cluster, b));
  if (best === undefined) throw new Error('no node takes pods');
  return best.metadata.name;
}

const takesPods = (node: Node): boolean =>
  isReady(node) &&
  node.spec.unschedulable !== true &&
  (node.spec.taints ?? []).length === 0 &&
  !['fargate', 'hybrid'].includes(node.metadata.labels['eks.amazonaws.com/compute-type'] ?? '');

const groupOf = ({ metadata }: Node): string | undefined => metadata.labels['eks.amazonaws.com/nodegroup'];

const podsOn = (cluster: WorldCluster, { metadata }: Node): number =>
  objectsOf(cluster, 'Pod').filter(({ spec }) => spec.nodeName === metadata.name && !spec.hostNetwork).length;
