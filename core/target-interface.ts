import { contains, isIpv6 } from './address.ts';
import type { NetworkInterface, Target, TargetGroup } from './aws.ts';

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
    return networkInterfaces.find(({ instanceId, deviceIndex }) => instanceId === target.id && deviceIndex === 0);
  }
  if (targetGroup.targetType === 'alb') {
    const description = `ELB ${target.id.split(':loadbalancer/')[1] ?? ''}`;
    return networkInterfaces.find((networkInterface) => networkInterface.description === description);
  }
  return interfaceAt(
    target.id,
    networkInterfaces.filter(({ vpcId }) => vpcId === targetGroup.vpcId),
  );
}

/** The network interface that carries an address, as one of its own or in a prefix that is delegated to it. */
export const interfaceAt = (address: string, networkInterfaces: NetworkInterface[]): NetworkInterface | undefined =>
  networkInterfaces.find(
    ({ privateIps, ipv6Addresses }) => privateIps.includes(address) || ipv6Addresses.includes(address),
  ) ?? networkInterfaces.find(({ prefixes }) => prefixes?.some((prefix) => contains(prefix, address)));

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
