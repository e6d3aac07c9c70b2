import type { NetworkAcl, NetworkInterface, SecurityGroupRule } from '../../core/aws.ts';
import { inCidr } from '../address.ts';
import type { World } from '../world.ts';

/** A TCP connection attempt inside the VPC. */
export interface Packet {
  from: string;
  to: string;
  port: number;
}

/** True when the packet reaches `to` and its answers come back. */
export type PacketFilter = (packet: Packet) => boolean;

/**
 * Evaluates the VPC's filters for packets between network interfaces: security groups are stateful, network ACLs are
 * not and act only between subnets (vpc/latest/userguide/vpc-network-acls.html). An address without an interface, or of
 * an instance that does not run, swallows everything.
 */
export function packetFilter(world: World): PacketFilter {
  const interfaces = new Map(
    world.networkInterfaces.flatMap((networkInterface) =>
      networkInterface.privateIps.map((address): [string, NetworkInterface] => [address, networkInterface]),
    ),
  );
  const rulesOf = new Map(world.securityGroups.map(({ id, rules }) => [id, rules]));
  const aclOf = new Map(world.networkAcls.flatMap((acl) => acl.subnetIds.map((id): [string, NetworkAcl] => [id, acl])));
  const stopped = new Set(world.instances.filter(({ state }) => state !== 'running').map(({ id }) => id));

  const admitsBySecurityGroup = (own: NetworkInterface, rule: RuleQuery): boolean =>
    own.securityGroups.some((id) => rulesOf.get(id)?.some((candidate) => covers(candidate, rule)));

  return ({ from, to, port }) => {
    const source = interfaces.get(from);
    const target = interfaces.get(to);
    if (source === undefined || target === undefined || stopped.has(target.instanceId ?? '')) return false;
    const leaves =
      source.securityGroups.length === 0 ||
      admitsBySecurityGroup(source, { egress: true, port, address: to, groups: target.securityGroups });
    const enters = admitsBySecurityGroup(target, {
      egress: false,
      port,
      address: from,
      groups: source.securityGroups,
    });
    if (!leaves || !enters) return false;
    if (source.subnetId === target.subnetId) return true;
    const sourceAcl = aclOf.get(source.subnetId);
    const targetAcl = aclOf.get(target.subnetId);
    return (
      aclAllows(sourceAcl, { egress: true, address: to, port }) &&
      aclAllows(targetAcl, { egress: false, address: from, port }) &&
      ephemeralPorts.every(
        (ephemeral) =>
          aclAllows(targetAcl, { egress: true, address: from, port: ephemeral }) &&
          aclAllows(sourceAcl, { egress: false, address: to, port: ephemeral }),
      )
    );
  };
}

/** Both ends of the range from which a Network Load Balancer's source ports come. */
const ephemeralPorts = [1024, 65535];

interface RuleQuery {
  egress: boolean;
  port: number;
  address: string;
  /** Security groups of the other end. */
  groups: string[];
}

function covers(rule: SecurityGroupRule, { egress, port, address, groups }: RuleQuery): boolean {
  if (rule.egress !== egress) return false;
  const allPorts = rule.protocol === '-1';
  if (!allPorts && (rule.protocol !== 'tcp' || port < rule.fromPort || port > rule.toPort)) return false;
  if (rule.referencedGroupId !== undefined) return groups.includes(rule.referencedGroupId);
  return rule.cidrIpv4 !== undefined && inCidr(address, rule.cidrIpv4);
}

interface AclQuery {
  egress: boolean;
  address: string;
  port: number;
}

const tcp = '6';

function aclAllows(acl: NetworkAcl | undefined, { egress, address, port }: AclQuery): boolean {
  const first = acl?.entries
    .filter((entry) => entry.egress === egress && (entry.protocol === '-1' || entry.protocol === tcp))
    .toSorted((a, b) => a.ruleNumber - b.ruleNumber)
    .find(
      ({ cidr, fromPort = 0, toPort = 65535 }) =>
        cidr !== undefined && inCidr(address, cidr) && port >= fromPort && port <= toPort,
    );
  return first?.action === 'allow';
}
