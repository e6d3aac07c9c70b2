import type { NetworkInterface, PrefixList, SecurityGroup, Subnet, Target } from './aws.ts';
import type { Group } from './group.ts';
import { type LoadBalancerNode, nodesOf } from './load-balancer-nodes.ts';
import { type Admission, admits } from './security-groups.ts';
import { interfaceOf } from './target-interface.ts';

interface Network {
  networkInterfaces: NetworkInterface[];
  securityGroups: SecurityGroup[];
  subnets: Subnet[];
  prefixLists: PrefixList[] | undefined;
}

/** What the target's security groups say about the health check from one load balancer node. */
export interface Arrival {
  node: LoadBalancerNode;
  admission: Admission;
  /** The target's security groups. */
  securityGroups: SecurityGroup[];
}

/**
 * Follows the health check from every node of the load balancer to the target's network interface. Empty when the load
 * balancer, the interface or one of its security groups is not among the facts.
 */
export function arrivalsAt(target: Target, group: Group, network: Network): Arrival[] {
  const networkInterface = interfaceOf(target, group.targetGroup, network.networkInterfaces);
  if (group.loadBalancer === undefined || networkInterface === undefined) return [];
  const securityGroups = networkInterface.securityGroups.flatMap(
    (id) => network.securityGroups.find((securityGroup) => securityGroup.id === id) ?? [],
  );
  if (securityGroups.length < networkInterface.securityGroups.length) return [];
  const { loadBalancer } = group;
  return nodesOf(loadBalancer, network.networkInterfaces, network.subnets).map((node) => {
    const peer = { address: node.address, securityGroupIds: loadBalancer.securityGroups };
    const packet = { direction: 'ingress', protocol: 'tcp', port: target.healthCheckPort, peer } as const;
    return { node, securityGroups, admission: admits(securityGroups, packet, network.prefixLists) };
  });
}
