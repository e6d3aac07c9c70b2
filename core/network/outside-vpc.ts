import type { TargetGroup, Vpc } from '../model/aws.ts';
import type { Node } from '../model/kubernetes.ts';
import { contains } from './address.ts';

/** True when no range of the target group's VPC holds the address; false where the VPC was not read. */
export function isOutside(address: string, { vpcId }: TargetGroup, vpcs: Vpc[]): boolean {
  const vpc = vpcs.find(({ id }) => id === vpcId);
  return vpc !== undefined && ![...vpc.cidrs, ...vpc.ipv6Cidrs].some((cidr) => contains(cidr, address));
}

/** A machine outside AWS that EKS Hybrid Nodes joined to the cluster; its pods have addresses of its own network. */
export const isHybridNode = ({ metadata, spec }: Node): boolean =>
  metadata.labels['eks.amazonaws.com/compute-type'] === 'hybrid' || (spec.providerID ?? '').startsWith('eks-hybrid:');
