import type { NetworkInterface, Target, TargetGroup } from './aws.ts';

/**
 * The network interface that receives the health check: of an instance its primary interface (device index 0), of an
 * IP address the interface that carries it. Source: NLB user guide, "Register targets".
 */
export function interfaceOf(
  target: Target,
  targetGroup: TargetGroup,
  networkInterfaces: NetworkInterface[],
): NetworkInterface | undefined {
  if (targetGroup.targetType === 'instance') {
    return networkInterfaces.find(({ instanceId, deviceIndex }) => instanceId === target.id && deviceIndex === 0);
  }
  return networkInterfaces.find(
    ({ privateIps, ipv6Addresses, vpcId }) =>
      vpcId === targetGroup.vpcId && (privateIps.includes(target.id) || ipv6Addresses.includes(target.id)),
  );
}

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
