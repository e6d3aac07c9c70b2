import type { NetworkAcl, NetworkAclEntry } from '../../../core/model/aws.ts';
import type { World } from '../../world/world.ts';
import { listOf, type Parameters } from '../aws/parameters.ts';
import type { Action } from '../aws/service.ts';
import { ServiceError } from '../aws/service-error.ts';

/** CreateNetworkAclEntry: the number must be free. */
export const createNetworkAclEntry: Action = (parameters, world) => {
  const acl = findAcl(parameters, world);
  const entry = entryIn(parameters);
  if (acl.entries.some((each) => isSamePlace(each, entry))) {
    throw new ServiceError(
      'NetworkAclEntryAlreadyExists',
      `The network acl entry identified by ${entry.ruleNumber} already exists.`,
    );
  }
  acl.entries.push(entry);
  return { return: true };
};

/** ReplaceNetworkAclEntry: the number must be taken. */
export const replaceNetworkAclEntry: Action = (parameters, world) => {
  const acl = findAcl(parameters, world);
  const entry = entryIn(parameters);
  acl.entries[placeOf(acl, entry)] = entry;
  return { return: true };
};

/** DeleteNetworkAclEntry. */
export const deleteNetworkAclEntry: Action = (parameters, world) => {
  const acl = findAcl(parameters, world);
  acl.entries.splice(placeOf(acl, entryIn(parameters)), 1);
  return { return: true };
};

/** CreateRoute and ReplaceRoute: IPv4 routes to gateways and interfaces. */
export const putRoute: Action = (parameters, world) => {
  const { RouteTableId, DestinationCidrBlock: destination = '' } = parameters;
  const table = world.routeTables.find(({ id }) => id === RouteTableId);
  if (table === undefined) {
    throw new ServiceError('InvalidRouteTableID.NotFound', `The routeTable ID '${RouteTableId}' does not exist`);
  }
  const target = [
    'GatewayId',
    'NatGatewayId',
    'TransitGatewayId',
    'VpcPeeringConnectionId',
    'NetworkInterfaceId',
    'LocalGatewayId',
  ].flatMap((name) => parameters[name] ?? [])[0];
  if (target === undefined)
    throw new ServiceError('MissingParameter', 'The request must contain a target of the route');
  const others = table.routes.filter((route) => route.destination !== destination);
  table.routes = [...others, { destination, target, state: 'active' }];
  return { return: true };
};

/** ModifyNetworkInterfaceAttribute: the security groups. */
export const modifyNetworkInterface: Action = (parameters, world) => {
  const { NetworkInterfaceId: wanted } = parameters;
  const found = world.networkInterfaces.find(({ id }) => id === wanted);
  if (found === undefined) {
    throw new ServiceError('InvalidNetworkInterfaceID.NotFound', `The networkInterface ID '${wanted}' does not exist`);
  }
  const groups = listOf(parameters, 'SecurityGroupId');
  if (groups.length > 0) found.securityGroups = groups;
  return { return: true };
};

function findAcl({ NetworkAclId }: Parameters, { networkAcls }: World): NetworkAcl {
  const found = networkAcls.find(({ id }) => id === NetworkAclId);
  if (found !== undefined) return found;
  throw new ServiceError('InvalidNetworkAclID.NotFound', `The networkAcl ID '${NetworkAclId}' does not exist`);
}

const isSamePlace = (a: NetworkAclEntry, b: NetworkAclEntry): boolean =>
  a.egress === b.egress && a.ruleNumber === b.ruleNumber;

function placeOf({ entries }: NetworkAcl, entry: NetworkAclEntry): number {
  const index = entries.findIndex((each) => isSamePlace(each, entry));
  if (index >= 0) return index;
  throw new ServiceError('InvalidNetworkAclEntry.NotFound', `no entry ${entry.ruleNumber} in the network ACL`);
}

const numbers: Record<string, string> = { tcp: '6', udp: '17', icmp: '1', all: '-1' };

function entryIn(parameters: Parameters): NetworkAclEntry {
  const { Egress, RuleNumber, Protocol = '-1', RuleAction, CidrBlock, Ipv6CidrBlock } = parameters;
  const { 'PortRange.From': from, 'PortRange.To': to } = parameters;
  return {
    egress: Egress === 'true',
    ruleNumber: Number(RuleNumber),
    protocol: numbers[Protocol] ?? Protocol,
    action: RuleAction === 'deny' ? 'deny' : 'allow',
    ...(CidrBlock !== undefined && { cidr: CidrBlock }),
    ...(Ipv6CidrBlock !== undefined && { ipv6Cidr: Ipv6CidrBlock }),
    ...(from !== undefined && to !== undefined && { fromPort: Number(from), toPort: Number(to) }),
  };
}
