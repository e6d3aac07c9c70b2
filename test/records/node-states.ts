/** What was done to one node, in the terms of Kubernetes. */
export interface NodeState {
  labels?: Record<string, string>;
  taints?: { key: string; effect: string; value?: string }[];
  unschedulable?: true;
  ready?: 'False' | 'Unknown';
  isDeleting?: true;
}

const taint = (key: string) => ({ taints: [{ key, effect: 'NoSchedule', value: 'yes' }] });

/** By the name in the record of nodes; `…/undone` there is the plain node again. */
export const nodeStates: Record<string, NodeState> = {
  plain: {},
  unschedulable: { unschedulable: true, ...taint('node.kubernetes.io/unschedulable') },
  notready: { ready: 'False' },
  unknown: { ready: 'Unknown' },
  'exclude-empty': { labels: { 'node.kubernetes.io/exclude-from-external-load-balancers': '' } },
  'exclude-false': { labels: { 'node.kubernetes.io/exclude-from-external-load-balancers': 'false' } },
  'alpha-exclude': { labels: { 'alpha.service-controller.kubernetes.io/exclude-balancer': 'true' } },
  'master-role': { labels: { 'node-role.kubernetes.io/master': '' } },
  'control-plane-role': { labels: { 'node-role.kubernetes.io/control-plane': '' } },
  'taint-ca': taint('ToBeDeletedByClusterAutoscaler'),
  'taint-karpenter': taint('karpenter.sh/disrupted'),
  'taint-karpenter-old': taint('karpenter.sh/disruption'),
  'taint-outofservice': taint('node.kubernetes.io/out-of-service'),
  'fargate-label': { labels: { 'eks.amazonaws.com/compute-type': 'fargate' } },
  'hybrid-label': { labels: { 'eks.amazonaws.com/compute-type': 'hybrid' } },
  deleting: { isDeleting: true },
};

/** The state behind a name of the record. */
export function stateOf(name: string): NodeState {
  const [done = '', undone] = name.split('/');
  const state = nodeStates[done];
  if (state === undefined) throw new Error(`no state for ${name}`);
  return undone === undefined ? state : {};
}
