import type { Target } from '../model/aws.ts';
import type { Endpoint, Node } from '../model/kubernetes.ts';
import { nodeOf } from './service.ts';

const zoneLabel = 'topology.kubernetes.io/zone';

/**
 * Of the ready endpoints those that the proxy of this node uses. Hints of nodes come before hints of zones, and each counts only
 * where every endpoint has one and one of them fits. External traffic of policy Cluster follows hints too
 * (KK: pkg/proxy/topology.go).
 */
export function usedFrom({ metadata: { name, labels } }: Pick<Node, 'metadata'>, ready: Endpoint[]): Endpoint[] {
  const byNode = fitting(ready, name, ({ hints }) => hints?.nodes);
  if (byNode.length > 0) return byNode;
  const byZone = fitting(ready, labels[zoneLabel], ({ hints }) => hints?.zones);
  return byZone.length > 0 ? byZone : ready;
}

function fitting(
  ready: Endpoint[],
  own: string | undefined,
  hintsOf: (endpoint: Endpoint) => string[] | undefined,
): Endpoint[] {
  if (own === undefined || ready.some((endpoint) => (hintsOf(endpoint) ?? []).length === 0)) return [];
  return ready.filter((endpoint) => hintsOf(endpoint)?.includes(own));
}

/** Which of these ready endpoints run on the node of a target and are used from there, and the targets with and without any. */
export function besidePods(targets: Target[], { nodes, ready }: { nodes: Node[]; ready: Endpoint[] }) {
  const localTo = (target: Target): Endpoint[] => {
    const node = nodeOf(target, nodes);
    return node === undefined ? [] : usedFrom(node, ready).filter(({ nodeName }) => nodeName === node.metadata.name);
  };
  return {
    localTo,
    busy: targets.filter((target) => localTo(target).length > 0),
    idle: targets.filter((target) => localTo(target).length === 0),
  };
}
