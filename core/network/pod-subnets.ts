import type { NetworkInterface, Subnet } from '../model/aws.ts';
import { named } from '../model/indexed.ts';
import type { Node, Pod } from '../model/kubernetes.ts';
import { interfacesOf } from './interfaces.ts';

interface Places {
  nodes: Node[];
  networkInterfaces: NetworkInterface[] | undefined;
  subnets: Subnet[] | undefined;
}

/**
 * Subnets from which the VPC CNI gives addresses to pods of the pod's node: those of the interfaces that it attached, which
 * custom networking puts elsewhere, else that of the primary interface. Empty where they could not be seen.
 */
export function podSubnetsOf(pod: Pod, { nodes, networkInterfaces = [], subnets = [] }: Places): Subnet[] {
  const node = named(nodes, undefined, pod.spec.nodeName);
  const instanceId = node?.spec.providerID?.split('/').at(-1);
  const attached = interfacesOf(instanceId, networkInterfaces);
  const secondary = attached.filter(({ deviceIndex }) => deviceIndex !== 0);
  const used = new Set((secondary.length > 0 ? secondary : attached).map(({ subnetId }) => subnetId));
  return instanceId === undefined ? [] : subnets.filter(({ id }) => used.has(id));
}
