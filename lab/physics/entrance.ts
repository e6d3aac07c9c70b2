import type { Listener, LoadBalancer, NetworkAcl, NetworkInterface } from '../../core/model/aws.ts';
import { inCidr } from '../world/network/address.ts';
import { isPublic } from '../world/network/public-subnet.ts';
import type { World } from '../world/world.ts';
import { onTheInternet } from './client-address.ts';
import { aclAllows } from './packet-filter.ts';

/** Of one listener and one protocol on the wire. */
export interface Entrance {
  balancer: LoadBalancer;
  listener: Listener;
  protocol: 'tcp' | 'udp';
}

/** The nodes of a load balancer: one interface in each zone. */
export const nodesOf = ({ networkInterfaces }: World, { arn }: LoadBalancer): NetworkInterface[] =>
  networkInterfaces.filter(
    ({ description, privateIps }) => description === `ELB ${arn.split(':loadbalancer/')[1]}` && privateIps.length > 0,
  );

/**
 * True where a client of any address gets in to the listener at this node of the load balancer, and is answered: by its security groups, by
 * the route to the Internet if it faces that, and by the network ACL of its subnet, which does not see what stays inside the subnet.
 */
export const isOpenAt = (node: NetworkInterface, entrance: Entrance, world: World): boolean =>
  (entrance.balancer.scheme !== 'internet-facing' || isPublic(world, node.subnetId)) &&
  isAdmitted(entrance, world) &&
  isLetThrough(node, entrance, world);

function isAdmitted({ balancer, listener: { port }, protocol }: Entrance, { securityGroups }: World): boolean {
  if (balancer.securityGroups.length === 0) return true;
  const isIpv4Only = balancer.ipAddressType === 'ipv4';
  return securityGroups
    .filter(({ id }) => balancer.securityGroups.includes(id))
    .flatMap(({ rules }) => rules)
    .some(
      (rule) =>
        !rule.egress &&
        (rule.protocol === '-1' || (rule.protocol === protocol && rule.fromPort <= port && port <= rule.toPort)) &&
        !(isIpv4Only && rule.cidrIpv6 !== undefined),
    );
}

function isLetThrough(node: NetworkInterface, { balancer, listener, protocol }: Entrance, world: World): boolean {
  const acl = world.networkAcls.find(({ subnetIds }) => subnetIds.includes(node.subnetId));
  const isInternal = balancer.scheme === 'internal';
  const hasNeighbours = world.networkInterfaces.some(
    ({ subnetId, description }) => subnetId === node.subnetId && description !== node.description,
  );
  if (acl === undefined || (isInternal && hasNeighbours)) return true;
  return strangers(world, acl)
    .filter((address) => isInternal || !isInside(address, world))
    .some(
      (address) =>
        aclAllows(acl, { egress: false, protocol, address, port: listener.port }) &&
        clientPorts.some((port) => aclAllows(acl, { egress: true, protocol, address, port })),
    );
}

/** Ports from which Linux (32768-60999) and Windows (49152-65535) connect (VPC user guide, "Ephemeral ports"): one in 512. */
const clientPorts = Array.from({ length: 64 }, (_, index) => 32_768 + 256 + 512 * index);

/** Some clients: of other networks, of the VPC, and one of each range that the network ACL names. */
const strangers = ({ vpcs }: World, { entries }: NetworkAcl): string[] => [
  onTheInternet,
  ...[...vpcs.flatMap(({ cidrs }) => cidrs), ...entries.flatMap(({ cidr }) => cidr ?? [])].map(
    (block) => block.split('/')[0] ?? '',
  ),
];

const isInside = (address: string, { vpcs }: World): boolean =>
  [...vpcs.flatMap(({ cidrs }) => cidrs), '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].some((cidr) =>
    inCidr(address, cidr),
  );
