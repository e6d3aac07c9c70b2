import type { NodeClass } from '../../model/custom-resources/engine-policy.ts';
import { named } from '../../model/indexed.ts';
import type { ConfigMap, NetworkPolicy, Node, Pod, Workload } from '../../model/kubernetes.ts';
import { isGuarded, isVpcCniEngineOn, selects } from '../network-policies.ts';
import { cniSetting } from '../vpc-cni.ts';

interface Seen {
  workloads: Workload[];
  configMaps: ConfigMap[] | undefined;
  nodes: Node[];
  nodeClasses: NodeClass[];
}

/** Where pods that no NetworkPolicy selects take nothing: a setting of the VPC CNI, or the NodeClass of Auto Mode nodes. */
export interface StrictMode {
  /** `strict mode`, or the NodeClass with its setting. */
  name: string;
  nodeClass?: string;
}

/**
 * The strict mode that holds for a pod, if any; with undefined for all pods where none is switched on. Source: EKS user guide,
 * "Configure network policies", and "Node class specification" (`networkPolicy: DefaultDeny`).
 */
export function strictModes({
  workloads,
  configMaps,
  nodes,
  nodeClasses,
}: Seen): ((pod: Pod) => StrictMode | undefined) | undefined {
  const isStrict =
    cniSetting(workloads, 'NETWORK_POLICY_ENFORCING_MODE')?.toLowerCase() === 'strict' &&
    isVpcCniEngineOn(workloads, configMaps ?? []);
  const denying = nodeClasses.filter(({ spec }) => spec.networkPolicy === 'DefaultDeny');
  if (!isStrict && denying.length === 0) return undefined;
  return ({ spec }) => {
    const labels = named(nodes, undefined, spec.nodeName)?.metadata.labels ?? {};
    const ofNode = labels['eks.amazonaws.com/nodeclass'];
    if (denying.some(({ metadata }) => metadata.name === ofNode) && ofNode !== undefined)
      return { name: `NodeClass ${ofNode} with networkPolicy DefaultDeny`, nodeClass: ofNode };
    const isOfAutoMode = ofNode !== undefined || labels['eks.amazonaws.com/compute-type'] === 'auto';
    return isStrict && !isOfAutoMode ? { name: 'strict mode' } : undefined;
  };
}

/** True for a pod that takes nothing: one that some policy selects is as open as policies leave it (NPA:controllers/policyendpoints_controller.go). */
export const isClosed = (pod: Pod, nodes: Node[], networkPolicies: NetworkPolicy[]): boolean =>
  isGuarded(pod, 'VPC CNI', nodes) && !networkPolicies.some((policy) => selects(policy, pod));
