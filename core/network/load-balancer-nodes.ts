import type { LoadBalancer, NetworkInterface, Subnet } from '../model/aws.ts';
import { derived, withId } from '../model/indexed.ts';
import { loadBalancerInterfaces } from './interfaces.ts';

/** One node of a Network Load Balancer: where its health checks come from in one zone. */
export interface LoadBalancerNode {
  zone: string;
  subnetId: string;
  /** Private address of the node's interface; the subnet's CIDR where the interface could not be seen. */
  address: string;
  /** The same of IPv6; absent where the subnet has none. */
  ipv6Address?: string;
}

/**
 * The addresses that send health checks: one interface a zone, described `ELB net/<name>/<id>`.
 * Source: NLB user guide, "Health checks for your target groups".
 */
export const nodesOf = (
  loadBalancer: LoadBalancer,
  networkInterfaces: NetworkInterface[],
  subnets: Subnet[],
): LoadBalancerNode[] =>
  derived(networkInterfaces, [nodesOf, loadBalancer, subnets], () =>
    nodesAmong(loadBalancerInterfaces(loadBalancer.arn, networkInterfaces), loadBalancer, subnets),
  );

function nodesAmong(interfaces: NetworkInterface[], loadBalancer: LoadBalancer, subnets: Subnet[]): LoadBalancerNode[] {
  return loadBalancer.zones.flatMap(({ name, subnetId }) => {
    const node = interfaces.find((networkInterface) => networkInterface.subnetId === subnetId);
    const subnet = withId(subnets, subnetId);
    const address = node?.privateIps[0] ?? subnet?.cidr;
    const ipv6Address = node?.ipv6Addresses[0] ?? subnet?.ipv6Cidrs[0];
    if (address === undefined) return [];
    return [{ zone: name, subnetId, address, ...(ipv6Address !== undefined && { ipv6Address }) }];
  });
}
