import type { NetworkInterface } from '../../../core/model/aws.ts';
import type { World } from '../../world/world.ts';
import type { XmlValue } from '../aws/xml.ts';
import { listing } from './listing.ts';

/** DescribeNetworkInterfaces. */
export const describeNetworkInterfaces = listing<NetworkInterface>({
  set: 'networkInterfaceSet',
  items: (world) => world.networkInterfaces,
  id: (each) => each.id,
  byId: { parameter: 'NetworkInterfaceId', notFound: 'InvalidNetworkInterfaceID.NotFound' },
  filters: {
    'network-interface-id': (each) => [each.id],
    'vpc-id': (each) => [each.vpcId],
    'subnet-id': (each) => [each.subnetId],
    'availability-zone': (each) => [each.zone],
    'group-id': (each) => each.securityGroups,
    description: (each) => [each.description],
    'interface-type': (each) => [each.interfaceType],
    status: (each) => [each.status],
    'attachment.instance-id': (each) => [each.instanceId],
    'private-ip-address': (each) => each.privateIps.slice(0, 1),
    'addresses.private-ip-address': (each) => each.privateIps,
    'ipv6-addresses.ipv6-address': (each) => each.ipv6Addresses,
  },
  show: (each, world) => ({
    ...showNetworkInterface(each, world),
    availabilityZone: each.zone,
    attachment: showAttachment(each, { instanceId: each.instanceId, instanceOwnerId: world.account }),
    tagSet: [],
  }),
});

/** What a network interface looks like on its own and inside an instance. */
export function showNetworkInterface(each: NetworkInterface, world: World): Record<string, XmlValue> {
  return {
    networkInterfaceId: each.id,
    ownerId: world.account,
    description: each.description,
    interfaceType: each.interfaceType,
    vpcId: each.vpcId,
    subnetId: each.subnetId,
    status: each.status,
    privateIpAddress: each.privateIps[0],
    groupSet: groupSet(each.securityGroups, world),
    ipv6AddressesSet: each.ipv6Addresses.map((ipv6Address) => ({ ipv6Address })),
    ipv4PrefixSet: (each.prefixes ?? [])
      .filter((prefix) => !prefix.includes(':'))
      .map((ipv4Prefix) => ({ ipv4Prefix })),
    ipv6PrefixSet: (each.prefixes ?? []).filter((prefix) => prefix.includes(':')).map((ipv6Prefix) => ({ ipv6Prefix })),
    privateIpAddressesSet: each.privateIps.map((privateIpAddress, index) => ({
      privateIpAddress,
      primary: index === 0,
    })),
    attachment: showAttachment(each),
  };
}

/** Only an interface that stands on its own names the instance that it is attached to. */
function showAttachment(
  { id, instanceId, deviceIndex }: NetworkInterface,
  instance: Record<string, XmlValue> = {},
): XmlValue {
  if (instanceId === undefined) return undefined;
  return {
    attachmentId: id.replace('eni-', 'eni-attach-'),
    ...instance,
    deviceIndex,
    status: 'attached',
    deleteOnTermination: true,
  };
}

/** Security groups by id and name. */
export function groupSet(ids: string[], world: World): XmlValue[] {
  const names = new Map(world.securityGroups.map((group) => [group.id, group.name]));
  return ids.map((groupId) => ({ groupId, groupName: names.get(groupId) ?? groupId }));
}
