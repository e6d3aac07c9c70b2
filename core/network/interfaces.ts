import type { NetworkInterface, Target, TargetGroup } from '../model/aws.ts';
import { derived, under } from '../model/indexed.ts';
import { isIpv6 } from './address.ts';
import { blocksOf } from './blocks.ts';

/**
 * The network interface that receives the health check: of an instance its primary interface (device index 0), of an
 * IP address the interface that carries it, of an Application Load Balancer that of its first node. Source: NLB user
 * guide, "Register targets".
 */
export function interfaceOf(
  target: Target,
  targetGroup: TargetGroup,
  networkInterfaces: NetworkInterface[],
): NetworkInterface | undefined {
  if (targetGroup.targetType === 'instance') {
    return interfacesOf(target.id, networkInterfaces).find(({ deviceIndex }) => deviceIndex === 0);
  }
  if (targetGroup.targetType === 'alb') {
    return loadBalancerInterfaces(target.id, networkInterfaces)[0];
  }
  return interfaceAt(target.id, networkInterfaces, targetGroup.vpcId);
}

/** The interfaces that are attached to an instance. */
export const interfacesOf = (
  instanceId: string | undefined,
  networkInterfaces: NetworkInterface[],
): NetworkInterface[] => under(networkInterfaces, instanceOf, instanceId);

const instanceOf = ({ instanceId }: NetworkInterface) => [instanceId];

/** The interfaces of a load balancer, which Elastic Load Balancing describes as `ELB net/<name>/<id>`. */
export const loadBalancerInterfaces = (arn: string, networkInterfaces: NetworkInterface[]): NetworkInterface[] =>
  under(networkInterfaces, descriptionOf, `ELB ${arn.split(':loadbalancer/')[1] ?? ''}`);

const descriptionOf = ({ description }: NetworkInterface) => [description];

/** The network interface that carries an address, as one of its own or in a prefix that is delegated to it. */
export function interfaceAt(
  address: string,
  networkInterfaces: NetworkInterface[],
  vpcId?: string,
): NetworkInterface | undefined {
  const isIn = (networkInterface: NetworkInterface) => vpcId === undefined || networkInterface.vpcId === vpcId;
  return interfacesWith(address, networkInterfaces).find(isIn) ?? holdersOf(networkInterfaces)(address).find(isIn);
}

/** The interfaces with an address as one of their own: several where VPCs use the same ranges. */
export const interfacesWith = (address: string, networkInterfaces: NetworkInterface[]): NetworkInterface[] =>
  under(networkInterfaces, addressesOf, address);

const addressesOf = ({ privateIps, ipv6Addresses }: NetworkInterface): string[] => [...privateIps, ...ipv6Addresses];

/** Finds the interfaces with a prefix that holds an address, in their order. */
const holdersOf = (networkInterfaces: NetworkInterface[]) =>
  derived(networkInterfaces, [holdersOf], () =>
    blocksOf(networkInterfaces.flatMap((item) => (item.prefixes ?? []).map((cidr) => ({ cidr, item })))),
  );

/** The primary address of an interface, in the family of another address. */
export const ownAddress = ({ privateIps, ipv6Addresses }: NetworkInterface, like: string): string =>
  (isIpv6(like) ? ipv6Addresses[0] : privateIps[0]) ?? '';

/** The address that is checked: the target's own for ip targets, the primary private address of an instance. */
export function addressOf(
  target: Target,
  targetGroup: TargetGroup,
  networkInterfaces: NetworkInterface[],
): string | undefined {
  if (targetGroup.targetType === 'ip') return target.id;
  const networkInterface = interfaceOf(target, targetGroup, networkInterfaces);
  return targetGroup.ipAddressType === 'ipv6' ? networkInterface?.ipv6Addresses[0] : networkInterface?.privateIps[0];
}
