import type { Endpoint, Node } from '../model/kubernetes.ts';

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
