import type { Instance } from '../model/aws.ts';
import type { Node } from '../model/kubernetes.ts';
import type { Controller } from '../model/owner.ts';

const readyOf = ({ status }: Node) => status.conditions.find(({ type }) => type === 'Ready');

export const isNodeReady = (node: Node): boolean => readyOf(node)?.status === 'True';

/** The Ready condition as `kubectl describe node` shows it. */
export function formatReadiness(node: Node): string {
  const ready = readyOf(node);
  return `Ready is ${ready?.status ?? 'not reported'}${ready?.reason === undefined ? '' : ` (${ready.reason}${ready.message === undefined ? '' : `: ${ready.message}`})`}`;
}

/** The EC2 instance of a node, as `spec.providerID` ends; undefined for Fargate and for hybrid nodes. */
export const instanceIdOf = ({ spec: { providerID = '' } }: Node): string | undefined =>
  /\/(i-[0-9a-f]+)$/.exec(providerID)?.[1];

/** The Node that stands for one Fargate pod; it has no NodePort and is never registered (EKS user guide, Fargate). */
export const isFargateNode = ({ metadata }: Node): boolean =>
  metadata.labels['eks.amazonaws.com/compute-type'] === 'fargate' || metadata.name.startsWith('fargate-');

export const isWindowsNode = ({ metadata }: Node): boolean => metadata.labels['kubernetes.io/os'] === 'windows';

const exclusionLabel = 'node.kubernetes.io/exclude-from-external-load-balancers';
const olderExclusionLabels = [
  'alpha.service-controller.kubernetes.io/exclude-balancer',
  'node-role.kubernetes.io/master',
];

/**
 * The label that keeps the node out of target groups. To aws-load-balancer-controller its presence is enough, and so is that of
 * older ones (pkg/backend/endpoint_utils.go); cloud-provider-aws knows only the one of today and reads a false value as
 * included (kubernetes/cloud-provider v0.36.0 controllers/service/controller.go, nodeIncludedPredicate).
 */
export function exclusionOf({ metadata }: Node, controller: Controller): string | undefined {
  const isCloudProvider = controller === 'cloud-provider-aws';
  const labels = isCloudProvider ? [exclusionLabel] : [exclusionLabel, ...olderExclusionLabels];
  return labels.find((label) => {
    const value = metadata.labels[label];
    return value !== undefined && !(isCloudProvider && /^(0|[fF]|false|False|FALSE)$/.test(value));
  });
}

/** True of a node without any label that keeps it out of target groups, whoever fills them. */
export const isIncluded = (node: Node): boolean => exclusionOf(node, 'aws-load-balancer-controller') === undefined;

/** Why a node is on its way out, and since when where that is known (RFC 3339). */
export interface Departure {
  sign: string;
  since?: string;
}

export const isShuttingDown = ({ state }: Instance): boolean => state === 'shutting-down';

/** True where the Node itself shows nothing of a departure. */
export const isStaying = (node: Node): boolean => departureOf(node, undefined) === undefined;

/** The taints of autoscalers, a deletion under way, or an instance that shuts down (LBC:pkg/backend/endpoint_utils.go). */
export function departureOf(node: Node, instance: Instance | undefined): Departure | undefined {
  const { deletionTimestamp } = node.metadata;
  if (deletionTimestamp !== undefined) return { sign: 'its Node object is being deleted', since: deletionTimestamp };
  for (const { key, value } of node.spec.taints) {
    if (key === 'karpenter.sh/disrupted') return { sign: `taint ${key}` };
    if (key !== 'ToBeDeletedByClusterAutoscaler') continue;
    // The Cluster Autoscaler writes the moment, in seconds since 1970, into the value of its taint.
    const seconds = Number(value);
    const since = seconds > 0 ? new Date(seconds * 1000).toISOString() : undefined;
    return { sign: `taint ${key}`, ...(since !== undefined && { since }) };
  }
  return instance !== undefined && isShuttingDown(instance)
    ? { sign: `instance ${instance.id} is shutting down` }
    : undefined;
}
