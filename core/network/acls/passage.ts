import type { NetworkAcl, NetworkAclEntry } from '../../model/aws.ts';
import { derived, under } from '../../model/indexed.ts';
import { contains, isIpv6, overlaps } from '../address.ts';
import type { WireProtocol } from '../clients/wire-protocol.ts';
import type { FilterVerdict } from '../verdict.ts';

/** The entry that stops a connection. */
export interface AclDenial {
  aclId: string;
  subnetId: string;
  egress: boolean;
  /** 32767, and 32768 for IPv6, stand for the last rule, `*`, which denies what no other matched. */
  ruleNumber: number;
  /** The far end of the packets that it stops. */
  peer: string;
  /** The widest range of ports that this entry denies among those asked about. */
  fromPort: number;
  toPort: number;
  /** Share of the ports asked about that are denied: below 1 a check fails now and then, as its source port falls. */
  share: number;
}

export interface NetworkAclVerdict extends FilterVerdict {
  denial?: AclDenial;
}

export interface Ports {
  from: number;
  to: number;
}

/** Source ports of load balancers and of clients, to which replies go (NLB user guide, "Register targets"). */
export const replyPorts: Ports = { from: 1024, to: 65_535 };
const lastRule = 32_767;

/** As network ACLs name protocols (IANA, "Protocol Numbers"). */
const numbers: Record<WireProtocol, string> = { tcp: '6', udp: '17' };

/** Packets that enter or leave a subnet. */
export interface Passage {
  subnetId: string;
  egress: boolean;
  protocol: WireProtocol;
  /** The far end, an address or CIDR. */
  peer: string;
  ports: Ports;
}

/** What the network ACL of a subnet says about one passage; denied where it denies one of the ports. */
export function passage(place: Passage, acls: NetworkAcl[]): NetworkAclVerdict {
  const { subnetId, peer, ports } = place;
  const acl = aclOf(subnetId, acls);
  if (acl === undefined) return unreadAcl(subnetId);
  const entries = entriesFor(place, acl, acls);
  if (isAllowedWhole(entries, peer, ports)) return { decision: 'allow', by: acl.id };
  const spans = spansOf(entries, peer, ports);
  const denied = spans.filter(({ verdict }) => verdict !== 'unknown' && verdict.action === 'deny');
  const widest = denied.toSorted((a, b) => sizeOf(b) - sizeOf(a))[0];
  if (widest !== undefined && widest.verdict !== 'unknown') {
    const { from, to, verdict } = widest;
    const share = denied.reduce((sum, span) => sum + sizeOf(span), 0) / sizeOf(ports);
    return denialBy(verdict, { ...place, ports: { from, to } }, { acl, share });
  }
  if (spans.some(({ verdict }) => verdict === 'unknown')) {
    return { decision: 'unknown', by: `${acl.id} of ${subnetId} treats parts of ${peer} differently` };
  }
  return { decision: 'allow', by: acl.id };
}

/** The verdict of an entry that denies these packets. */
export function denialBy(
  { ruleNumber }: Pick<NetworkAclEntry, 'ruleNumber'>,
  { subnetId, egress, protocol, peer, ports: { from, to } }: Passage,
  { acl, share }: { acl: NetworkAcl; share: number },
): NetworkAclVerdict {
  const what = `${protocol.toUpperCase()} ${formatPorts(from, to)} ${egress ? 'outbound to' : 'inbound from'} ${peer}`;
  return {
    decision: 'deny',
    by: `${acl.id} of ${subnetId}: rule ${ruleNumber >= lastRule ? '*' : ruleNumber} denies ${what}`,
    denial: { aclId: acl.id, subnetId, egress, ruleNumber, peer, fromPort: from, toPort: to, share },
  };
}

export const aclOf = (subnetId: string, acls: NetworkAcl[]): NetworkAcl | undefined =>
  under(acls, subnetsOf, subnetId)[0];

export const unreadAcl = (subnetId: string): NetworkAclVerdict => ({
  decision: 'unknown',
  by: `the network ACL of ${subnetId} was not read`,
});

const subnetsOf = ({ subnetIds }: NetworkAcl): string[] => subnetIds;

/** The entries for one direction and protocol, in the order in which they are tried. */
export const entriesFor = (
  { egress, protocol }: Pick<Passage, 'egress' | 'protocol'>,
  acl: NetworkAcl,
  acls: NetworkAcl[],
): NetworkAclEntry[] =>
  derived(acls, [entriesFor, acl, egress, protocol], () =>
    acl.entries
      .filter((entry) => entry.egress === egress && ['-1', numbers[protocol]].includes(entry.protocol))
      .toSorted((a, b) => a.ruleNumber - b.ruleNumber),
  );

export const sizeOf = ({ from, to }: Ports): number => to - from + 1;

/** True where the first entry that says anything about the peer and these ports allows all of them: so it is nearly always. */
function isAllowedWhole(entries: NetworkAclEntry[], peer: string, ports: Ports): boolean {
  for (const { fromPort = 0, toPort = 65_535, protocol, action, ...entry } of entries) {
    const isWhole = protocol === '-1' || (fromPort <= ports.from && ports.to <= toPort);
    if (!isWhole && (toPort < ports.from || ports.to < fromPort)) continue;
    const cidr = isIpv6(peer) ? entry.ipv6Cidr : entry.cidr;
    if (cidr === undefined || !overlaps(cidr, peer)) continue;
    return isWhole && action === 'allow' && contains(cidr, peer);
  }
  return false;
}

/** The ports asked about, cut where the entry that decides changes. */
export function spansOf(entries: NetworkAclEntry[], peer: string, ports: Ports): (Ports & { verdict: Verdict })[] {
  const starts = portsToTry(entries, ports).map((port) => ({ port, verdict: verdictAt(entries, peer, port) }));
  const changes = starts.filter(({ verdict }, index) => verdict !== starts[index - 1]?.verdict);
  return changes.map(({ port, verdict }, index) => ({
    from: port,
    to: (changes[index + 1]?.port ?? ports.to + 1) - 1,
    verdict,
  }));
}

/** The ports at which the answer can change: the first of the range and every port where an entry begins or has ended. */
const portsToTry = (entries: NetworkAclEntry[], { from, to }: Ports): number[] =>
  [...new Set([from, ...entries.flatMap(({ fromPort, toPort }) => [fromPort ?? from, (toPort ?? to) + 1])])]
    .filter((port) => port >= from && port <= to)
    .toSorted((a, b) => a - b);

export type Verdict = Pick<NetworkAclEntry, 'action' | 'ruleNumber' | 'cidr' | 'ipv6Cidr'> | 'unknown';

const byDefault: Verdict = { action: 'deny', ruleNumber: lastRule };

function verdictAt(entries: NetworkAclEntry[], peer: string, port: number): Verdict {
  for (const entry of entries) {
    const { fromPort = 0, toPort = 65_535, protocol } = entry;
    if (protocol !== '-1' && (port < fromPort || port > toPort)) continue;
    const cidr = isIpv6(peer) ? entry.ipv6Cidr : entry.cidr;
    if (cidr === undefined) continue;
    if (contains(cidr, peer)) return entry;
    if (overlaps(cidr, peer)) return 'unknown';
  }
  return byDefault;
}

const formatPorts = (from: number, to: number): string => (from === to ? String(from) : `${from}-${to}`);
