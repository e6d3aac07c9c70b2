import { contains, isIpv6 } from './address.ts';
import type { PrefixList, SecurityGroup, SecurityGroupRule } from './aws.ts';

/** The far end of a packet: an address or CIDR, and the security groups that it carries. */
export interface Peer {
  address: string;
  securityGroupIds: string[];
}

/** `unknown` = no rule admits, but a rule names a prefix list whose entries were not read. */
export type Admission = 'admitted' | 'denied' | 'unknown';

export interface Packet {
  direction: 'ingress' | 'egress';
  protocol: 'tcp' | 'udp';
  port: number;
  peer: Peer;
}

/**
 * What the rules of these security groups together say about a packet (rules only allow, and one is enough).
 * Source: EC2 user guide, "Security group rules"; references match only peers that carry the referenced group.
 */
export function admits(groups: SecurityGroup[], packet: Packet, prefixLists: PrefixList[] | undefined): Admission {
  const rules = groups.flatMap((group) => group.rules).filter((rule) => covers(rule, packet));
  if (rules.some((rule) => reaches(rule, packet.peer, prefixLists))) return 'admitted';
  const blind = rules.some(
    ({ prefixListId }) => prefixListId !== undefined && entries(prefixListId, prefixLists) === undefined,
  );
  return blind ? 'unknown' : 'denied';
}

function covers(rule: SecurityGroupRule, packet: Packet): boolean {
  if (rule.egress !== (packet.direction === 'egress')) return false;
  if (rule.protocol === '-1') return true;
  const number = packet.protocol === 'tcp' ? '6' : '17';
  if (rule.protocol !== packet.protocol && rule.protocol !== number) return false;
  return rule.fromPort <= packet.port && packet.port <= rule.toPort;
}

function reaches(rule: SecurityGroupRule, peer: Peer, prefixLists: PrefixList[] | undefined): boolean {
  if (rule.referencedGroupId !== undefined) return peer.securityGroupIds.includes(rule.referencedGroupId);
  const cidr = isIpv6(peer.address) ? rule.cidrIpv6 : rule.cidrIpv4;
  if (cidr !== undefined && contains(cidr, peer.address)) return true;
  const listed = rule.prefixListId === undefined ? [] : (entries(rule.prefixListId, prefixLists) ?? []);
  return listed.some((entry) => contains(entry, peer.address));
}

const entries = (id: string, prefixLists: PrefixList[] | undefined): string[] | undefined =>
  prefixLists?.find((list) => list.id === id)?.cidrs;
