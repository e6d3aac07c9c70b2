import type { NetworkAcl, NetworkAclEntry } from '../model/aws.ts';
import { derived, under } from '../model/indexed.ts';
import { contains, isIpv6, overlaps } from './address.ts';
import { combine, type FilterVerdict } from './verdict.ts';

/** An address or CIDR in a subnet. */
export interface SubnetAddress {
  address: string;
  subnetId: string;
}

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

/** Below this share of denied reply ports a check fails so seldom that no target turns unhealthy. */
export const worthTelling = 0.05;

/** Source ports of a Network Load Balancer, to which replies go (NLB user guide, "Register targets"). */
const replyPorts = { from: 1024, to: 65_535 };
const lastRule = 32_767;
const tcp = '6';

/**
 * What the network ACLs say about a TCP connection: four passages, because they keep no state, and none at all inside one
 * subnet. The first entry that matches decides. Source: VPC user guide, "Control subnet traffic with network ACLs".
 */
export function networkAclVerdict(
  from: SubnetAddress,
  to: SubnetAddress,
  port: number,
  acls: NetworkAcl[],
): NetworkAclVerdict {
  if (from.subnetId === to.subnetId) return { decision: 'allow', by: 'both ends are in one subnet' };
  const there = { from: port, to: port };
  const passages = [
    passage({ subnetId: from.subnetId, egress: true, peer: to.address, ports: there }, acls),
    passage({ subnetId: to.subnetId, egress: false, peer: from.address, ports: there }, acls),
    passage({ subnetId: to.subnetId, egress: true, peer: from.address, ports: replyPorts }, acls),
    passage({ subnetId: from.subnetId, egress: false, peer: to.address, ports: replyPorts }, acls),
  ];
  const [telling = [], slight = []] = [true, false].map((isTelling) =>
    passages
      .filter(({ denial }) => (denial === undefined || denial.share >= worthTelling) === isTelling)
      .toSorted((a, b) => (b.denial?.share ?? 0) - (a.denial?.share ?? 0)),
  );
  // A few ports that are denied for sure hide nothing of what is not known about the rest.
  const verdict = combine(telling);
  return verdict.decision === 'allow' ? (slight[0] ?? verdict) : verdict;
}

/** What the network ACL of a subnet says about a first packet from an address or CIDR outside of the VPC. */
export const inboundAclVerdict = (packet: SubnetAddress & { port: number }, acls: NetworkAcl[]): NetworkAclVerdict => {
  const { subnetId, address, port } = packet;
  return passage({ subnetId, egress: false, peer: address, ports: { from: port, to: port } }, acls);
};

interface Passage {
  subnetId: string;
  egress: boolean;
  peer: string;
  ports: Ports;
}

function passage({ subnetId, egress, peer, ports }: Passage, acls: NetworkAcl[]): NetworkAclVerdict {
  const acl = under(acls, subnetsOf, subnetId)[0];
  if (acl === undefined) return { decision: 'unknown', by: `the network ACL of ${subnetId} was not read` };
  const entries = derived(acls, [passage, acl, egress], () =>
    acl.entries
      .filter((entry) => entry.egress === egress && (entry.protocol === '-1' || entry.protocol === tcp))
      .toSorted((a, b) => a.ruleNumber - b.ruleNumber),
  );
  if (isAllowedWhole(entries, peer, ports)) return { decision: 'allow', by: acl.id };
  const spans = spansOf(entries, peer, ports);
  const denied = spans.filter(({ verdict }) => verdict !== 'unknown' && verdict.action === 'deny');
  const widest = denied.toSorted((a, b) => size(b) - size(a))[0];
  if (widest !== undefined && widest.verdict !== 'unknown') {
    const { from, to, verdict } = widest;
    const direction = egress ? 'outbound to' : 'inbound from';
    const rule = verdict.ruleNumber >= lastRule ? '*' : verdict.ruleNumber;
    return {
      decision: 'deny',
      by: `${acl.id} of ${subnetId}: rule ${rule} denies TCP ${formatPorts(from, to)} ${direction} ${peer}`,
      denial: {
        aclId: acl.id,
        subnetId,
        egress,
        ruleNumber: verdict.ruleNumber,
        peer,
        fromPort: from,
        toPort: to,
        share: denied.reduce((sum, span) => sum + size(span), 0) / size(ports),
      },
    };
  }
  if (spans.some(({ verdict }) => verdict === 'unknown')) {
    return { decision: 'unknown', by: `${acl.id} of ${subnetId} treats parts of ${peer} differently` };
  }
  return { decision: 'allow', by: acl.id };
}

const subnetsOf = ({ subnetIds }: NetworkAcl): string[] => subnetIds;

interface Ports {
  from: number;
  to: number;
}

const size = ({ from, to }: Ports): number => to - from + 1;

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
function spansOf(entries: NetworkAclEntry[], peer: string, ports: Ports): (Ports & { verdict: Verdict })[] {
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

type Verdict = Pick<NetworkAclEntry, 'action' | 'ruleNumber'> | 'unknown';

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
