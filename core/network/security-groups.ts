import type { PrefixList, SecurityGroup, SecurityGroupRule } from '../model/aws.ts';
import { withId } from '../model/indexed.ts';
import { contains, isIpv6, overlaps } from './address.ts';
import type { FilterVerdict } from './verdict.ts';

/** The far end of a packet: an address or CIDR, and the security groups that it carries. */
export interface Peer {
  address: string;
  securityGroupIds: string[];
}

export interface Packet {
  direction: 'ingress' | 'egress';
  protocol: 'tcp' | 'udp';
  port: number;
  peer: Peer;
}

/**
 * What the rules of these security groups together say about a packet, and which rule decides: rules only allow, and one
 * is enough. Source: EC2 user guide, "Security group rules"; references match only peers that carry the referenced
 * group. `unknown` where a rule names a prefix list that was not read, or covers a part of a peer given as a CIDR.
 */
export const securityGroupVerdict = (
  groups: SecurityGroup[],
  packet: Packet,
  prefixLists: PrefixList[] | undefined,
): FilterVerdict => verdictOfRules(rulesFor(groups, packet), packet, prefixLists);

/** The rules of some security groups that speak of one direction, protocol and port. */
export interface CoveringRules {
  groups: SecurityGroup[];
  covering: { id: string; rule: SecurityGroupRule }[];
}

export const rulesFor = (
  groups: SecurityGroup[],
  packet: Pick<Packet, 'direction' | 'protocol' | 'port'>,
): CoveringRules => ({
  groups,
  covering: groups.flatMap(({ id, rules }) =>
    rules.filter((rule) => covers(rule, packet)).map((rule) => ({ id, rule })),
  ),
});

/** The verdict of `securityGroupVerdict`, where the rules are picked already. */
export function verdictOfRules(
  { groups, covering }: CoveringRules,
  packet: Packet,
  prefixLists: PrefixList[] | undefined,
): FilterVerdict {
  const admitting = covering.find(({ rule }) => reaches(rule, packet.peer, prefixLists, contains));
  if (admitting !== undefined) return { decision: 'allow', by: `${admitting.rule.id} of ${admitting.id}` };
  const blind = covering.find(
    ({ rule: { prefixListId } }) => prefixListId !== undefined && entries(prefixListId, prefixLists) === undefined,
  );
  if (blind !== undefined) {
    return { decision: 'unknown', by: `entries of ${blind.rule.prefixListId} in ${blind.rule.id} were not read` };
  }
  const partial = covering.find(({ rule }) => reaches(rule, packet.peer, prefixLists, overlaps));
  if (partial !== undefined) {
    return { decision: 'unknown', by: `${partial.rule.id} of ${partial.id} covers a part of ${packet.peer.address}` };
  }
  const ids = groups.map(({ id }) => id).join(', ');
  const side = packet.direction === 'ingress' ? 'from' : 'to';
  const what = `no ${packet.direction} rule for ${packet.protocol.toUpperCase()} ${packet.port} ${side} ${packet.peer.address}`;
  return { decision: 'deny', by: `${ids}: ${what}` };
}

/** True when the rule speaks of this direction, protocol and port. */
export function covers(rule: SecurityGroupRule, packet: Pick<Packet, 'direction' | 'protocol' | 'port'>): boolean {
  if (rule.egress !== (packet.direction === 'egress')) return false;
  if (rule.protocol === '-1') return true;
  const number = packet.protocol === 'tcp' ? '6' : '17';
  if (rule.protocol !== packet.protocol && rule.protocol !== number) return false;
  return rule.fromPort <= packet.port && packet.port <= rule.toPort;
}

function reaches(
  rule: SecurityGroupRule,
  peer: Peer,
  prefixLists: PrefixList[] | undefined,
  meets: (cidr: string, address: string) => boolean,
): boolean {
  if (rule.referencedGroupId !== undefined) return peer.securityGroupIds.includes(rule.referencedGroupId);
  const cidr = isIpv6(peer.address) ? rule.cidrIpv6 : rule.cidrIpv4;
  if (cidr !== undefined && meets(cidr, peer.address)) return true;
  const listed = rule.prefixListId === undefined ? [] : (entries(rule.prefixListId, prefixLists) ?? []);
  return listed.some((entry) => meets(entry, peer.address));
}

/** The addresses that a rule names: none for one that refers to a security group, undefined for a prefix list that was not read. */
export function rangesOf(
  { cidrIpv4, cidrIpv6, prefixListId }: SecurityGroupRule,
  prefixLists: PrefixList[] | undefined,
): string[] | undefined {
  const listed = prefixListId === undefined ? [] : entries(prefixListId, prefixLists);
  return (
    listed && [...(cidrIpv4 === undefined ? [] : [cidrIpv4]), ...(cidrIpv6 === undefined ? [] : [cidrIpv6]), ...listed]
  );
}

const entries = (id: string, prefixLists: PrefixList[] | undefined): string[] | undefined =>
  prefixLists && withId(prefixLists, id)?.cidrs;
