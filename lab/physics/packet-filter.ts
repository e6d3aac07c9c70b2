import type { NetworkAcl, NetworkInterface, SecurityGroupRule } from '../../core/model/aws.ts';
import { inCidr } from '../world/network/address.ts';
import type { World } from '../world/world.ts';
import { policyFilter } from './network-policy.ts';
import type { Packet, PacketFate, PacketFilter } from './packet.ts';
import { isDroppedOnTheWay, leadsOut } from './routes.ts';

/**
 * Evaluates the VPC's filters for packets between network interfaces: security groups are stateful, network ACLs are
 * not and act only between subnets (vpc/latest/userguide/vpc-network-acls.html). An address without an interface, or of
 * an instance that does not run, swallows everything; one outside of the VPC needs a route. Behind the VPC NetworkPolicies
 * have their say.
 */
export function packetFilter(world: World): PacketFilter {
  const fateOf = packetFates(world);
  return (packet) => fateOf(packet) === 'arrives';
}

/** The same with where a packet ends, seen from the interface of its target. */
export function packetFates(world: World): (packet: Packet) => PacketFate {
  const interfaces = new Map(
    world.networkInterfaces.flatMap((networkInterface) =>
      [...networkInterface.privateIps, ...networkInterface.ipv6Addresses].map((address): [string, NetworkInterface] => [
        address,
        networkInterface,
      ]),
    ),
  );
  const rulesOf = new Map(world.securityGroups.map(({ id, rules }) => [id, rules]));
  const aclOf = new Map(world.networkAcls.flatMap((acl) => acl.subnetIds.map((id): [string, NetworkAcl] => [id, acl])));
  const stopped = new Set(world.instances.filter(({ state }) => state !== 'running').map(({ id }) => id));

  const admitsBySecurityGroup = (own: NetworkInterface, rule: RuleQuery): boolean =>
    own.securityGroups.some((id) => rulesOf.get(id)?.some((candidate) => covers(candidate, rule)));

  const admitsByPolicy = policyFilter(world);
  const connected = connectedSubnets(world);

  return (packet) => {
    const { from, to, port, sender = from, protocol = 'tcp' } = packet;
    const source = interfaces.get(from);
    const target = interfaces.get(to);
    if (source !== undefined && target === undefined && leadsOut(world, source.subnetId, to)) {
      const leaves =
        source.securityGroups.length === 0 ||
        admitsBySecurityGroup(source, { egress: true, protocol, port, address: to, groups: [] });
      return leaves && admitsByPolicy(packet) ? 'arrives' : 'lost';
    }
    if (source === undefined || target === undefined || stopped.has(target.instanceId ?? '')) return 'lost';
    const leaves =
      source.securityGroups.length === 0 ||
      admitsBySecurityGroup(source, { egress: true, protocol, port, address: to, groups: target.securityGroups });
    const enters = admitsBySecurityGroup(target, {
      egress: false,
      protocol,
      port,
      address: sender,
      groups: source.securityGroups,
    });
    const isSameSubnet = source.subnetId === target.subnetId;
    const [sourceAcl, targetAcl] = [aclOf.get(source.subnetId), aclOf.get(target.subnetId)];
    if (!leaves || (!isSameSubnet && isDroppedOnTheWay(world, source.subnetId, to))) return 'lost';
    if (!isSameSubnet && !aclAllows(sourceAcl, { egress: true, protocol, address: to, port })) return 'lost';
    if (!enters || (!isSameSubnet && !aclAllows(targetAcl, { egress: false, protocol, address: sender, port })))
      return 'rejected';
    // The pod, or the host: behind the interface.
    if (!admitsByPolicy(packet)) return 'dropped';
    if (isSameSubnet) return 'arrives';
    // The host's answer leaves by its interface in the sender's subnet, with the address of the primary one.
    if (target.deviceIndex === 0 && connected.get(target.instanceId ?? '')?.has(source.subnetId)) return 'dropped';
    const isOpen = (acl: NetworkAcl | undefined, query: Omit<AclQuery, 'port'>): boolean =>
      ephemeralPorts.every((ephemeral) => aclAllows(acl, { ...query, port: ephemeral }));
    if (!isOpen(targetAcl, { egress: true, protocol, address: sender })) return 'answer rejected';
    return isOpen(sourceAcl, { egress: false, protocol, address: to }) ? 'arrives' : 'answer lost';
  };
}

/**
 * The subnets in which machines have interfaces that bring a connected route with them, by instance: all but the VPC CNI's,
 * which come with routing rules.
 */
const connectedSubnets = (world: World): Map<string, Set<string>> =>
  new Map(
    [...Map.groupBy(world.networkInterfaces, ({ instanceId }) => instanceId ?? '')].map(([instanceId, own]) => [
      instanceId,
      new Set(
        own
          .filter(
            ({ interfaceType, description }) => interfaceType === 'interface' && !description.startsWith('aws-K8S-'),
          )
          .map(({ subnetId }) => subnetId),
      ),
    ]),
  );

/** Both ends of the range from which a Network Load Balancer's source ports come. */
export const ephemeralPorts = [1024, 65535];

interface RuleQuery {
  egress: boolean;
  protocol: 'tcp' | 'udp';
  port: number;
  address: string;
  /** Security groups of the other end. */
  groups: string[];
}

function covers(rule: SecurityGroupRule, { egress, protocol, port, address, groups }: RuleQuery): boolean {
  if (rule.egress !== egress) return false;
  const allPorts = rule.protocol === '-1';
  if (!allPorts && (rule.protocol !== protocol || port < rule.fromPort || port > rule.toPort)) return false;
  if (rule.referencedGroupId !== undefined) return groups.includes(rule.referencedGroupId);
  return [rule.cidrIpv4, rule.cidrIpv6].some((cidr) => cidr !== undefined && inCidr(address, cidr));
}

interface AclQuery {
  egress: boolean;
  protocol: 'tcp' | 'udp';
  address: string;
  port: number;
}

/** As network ACLs name protocols (IANA). */
const numbers = { tcp: '6', udp: '17' };

export function aclAllows(acl: NetworkAcl | undefined, { egress, protocol, address, port }: AclQuery): boolean {
  const first = acl?.entries
    .filter((entry) => entry.egress === egress && (entry.protocol === '-1' || entry.protocol === numbers[protocol]))
    .toSorted((a, b) => a.ruleNumber - b.ruleNumber)
    .find(
      ({ cidr, ipv6Cidr, fromPort = 0, toPort = 65535 }) =>
        [cidr, ipv6Cidr].some((block) => block !== undefined && inCidr(address, block)) &&
        port >= fromPort &&
        port <= toPort,
    );
  return first?.action === 'allow';
}
