import type { TargetGroup, Vpc } from '../model/aws.ts';
import type { Node } from '../model/kubernetes.ts';
import { contains } from './address.ts';

/** True when no range of the target group's VPC holds the address; false where the VPC was not read. */
export function isOutside(address: string, { vpcId }: TargetGroup, vpcs: Vpc[]): boolean {
  const vpc = vpcs.find(({ id }) => id === vpcId);
  return vpc !== undefined && ![...vpc.cidrs, ...vpc.ipv6Cidrs].some((cidr) => contains(cidr, address));
}

/** The id at the end of an instance's providerID, `aws:///<zone>/i-…` (aws-load-balancer-controller pkg/k8s/node_utils.go). */
const instanceAtEnd = /(?:^|\/)i-[^/]*$/;

/** False for a node that Elastic Load Balancing cannot take as an instance: of EKS Hybrid Nodes, or of SageMaker HyperPod. */
export const hasInstance = ({ spec }: Node): boolean => instanceAtEnd.test(spec.providerID ?? '');

/** A machine outside AWS that EKS Hybrid Nodes joined to the cluster; its pods have addresses of its own network. */
export const isHybridNode = ({ metadata, spec }: Node): boolean =>
  metadata.labels['eks.amazonaws.com/compute-type'] === 'hybrid' || (spec.providerID ?? '').startsWith('eks-hybrid:');
