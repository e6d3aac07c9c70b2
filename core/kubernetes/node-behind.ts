import type { Target } from '../model/aws.ts';
import { named } from '../model/indexed.ts';
import type { Node, Pod } from '../model/kubernetes.ts';
import { podsAt } from './pod.ts';
import { nodeOf } from './service.ts';

/** The node of an instance target, or the node on which the pod of an ip target runs. */
export function nodeBehind(
  target: Target,
  { nodes, pods }: { nodes: Node[]; pods?: Pod[] | undefined },
): Node | undefined {
  return nodeOf(target, nodes) ?? named(nodes, undefined, podsAt(target.id, pods ?? [])[0]?.spec.nodeName);
}
