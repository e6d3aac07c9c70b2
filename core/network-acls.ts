import { contains, isIpv6, overlaps } from './address.ts';
import type { NetworkAcl, NetworkAclEntry } from './aws.ts';
import { type Ruling, together } from './ruling.ts';

/** An address or CIDR in a subnet. */
export interface Place {
  address: string;
  subnetId: string;
}

/** The entry that stops a connection. */
export interface AclDenial {
  aclId: string;
  subnetId: string;
  egress: boolean;
  /** 32767 stands for the last rule, `*`, which denies what no other matched. */
  ruleNumber: number;
  /** The far end of the packets that it stops. */
  peer: string;
  fromPort: number;
  toPort: number;
  /** Share of the ports asked about that are denied: below 1 a check fails now and then, as its source port falls. */
  share: number;
}

export interface AclRuling extends Ruling {
  denial?: AclDenial;
}

/** Source ports of a Network Load Balancer, to which replies go (NLB user guide, "Register targets"). */
const replyPorts = { from: 1024, to: 65_535 };
const lastRule = 32_767;
const tcp = '6';

/**
 * What the network ACLs say about a TCP connection: four passages, because they keep no state, and none at all inside one
 * subnet. The first entry that matches decides. Source: VPC user guide, "Control subnet traffic with network ACLs".
 */
export function rulingOfAcls(from: Place, to: Place, port: number, acls: NetworkAcl[]): AclRuling {
  if (from.subnetId === to.subnetId) return { admission: 'admitted', by: 'both ends are in one subnet' };
  const there = { from: port, to: port };
  return together([
    passage({ subnetId: from.subnetId, egress: true, peer: to.address, ports: there }, acls),
    passage({ subnetId: to.subnetId, egress: false, peer: from.address, ports: there }, acls),
    passage({ subnetId: to.subnetId, egress: true, peer: from.address, ports: replyPorts }, acls),
    passage({ subnetId: from.subnetId, egress: false, peer: to.address, ports: replyPorts }, acls),
  ]);
}

interface Passage {
  subnetId: string;
  egress: boolean;
  peer: string;
  ports: { from: number; to: number };
}

function passage({ subnetId, egress, peer, ports }: Passage, acls: NetworkAcl[]): AclRuling {
  const acl = acls.find(({ subnetIds }) => subnetIds.includes(subnetId));
  if (acl === undefined) return { admission: 'unknown', by: `the network ACL of ${subnetId} was not read` };
  const entries = acl.entries
    .filter((entry) => entry.egress === egress && (entry.protocol === '-1' || entry.protocol === tcp))
    .toSorted((a, b) => a.ruleNumber - b.ruleNumber);
  const tried = portsToTry(entries, ports);
  const verdicts = tried.map((port) => verdict(entries, peer, port));
  const denied = verdicts.findIndex((each) => each !== 'unknown' && each.action === 'deny');
  const found = verdicts[denied];
  if (found !== undefined && found !== 'unknown') {
    const share = deniedShare(tried, verdicts, ports);
    const { from, to } = share === 1 ? ports : { from: tried[denied] ?? 0, to: tried[denied] ?? 0 };
    const way = egress ? 'outbound to' : 'inbound from';
    const rule = found.ruleNumber === lastRule ? '*' : found.ruleNumber;
    return {
      admission: 'denied',
      by: `${acl.id} of ${subnetId}: rule ${rule} denies TCP ${sayPorts(from, to)} ${way} ${peer}`,
      denial: {
        aclId: acl.id,
        subnetId,
        egress,
        ruleNumber: found.ruleNumber,
        peer,
        fromPort: from,
        toPort: to,
        share,
      },
    };
  }
  if (verdicts.includes('unknown')) {
    return { admission: 'unknown', by: `${acl.id} of ${subnetId} treats parts of ${peer} differently` };
  }
  return { admission: 'admitted', by: acl.id };
}

/** The ports at which the answer can change: the first of the range and every port where an entry begins or has ended. */
const portsToTry = (entries: NetworkAclEntry[], { from, to }: { from: number; to: number }): number[] =>
  [...new Set([from, ...entries.flatMap(({ fromPort, toPort }) => [fromPort ?? from, (toPort ?? to) + 1])])]
    .filter((port) => port >= from && port <= to)
    .toSorted((a, b) => a - b);

/** Each port tried stands for those up to the next one. */
function deniedShare(tried: number[], verdicts: Verdict[], { from, to }: Passage['ports']): number {
  const denied = tried.map((port, index) => {
    const verdict = verdicts[index];
    const isDenied = verdict !== undefined && verdict !== 'unknown' && verdict.action === 'deny';
    return isDenied ? (tried[index + 1] ?? to + 1) - port : 0;
  });
  return denied.reduce((sum, ports) => sum + ports, 0) / (to - from + 1);
}

type Verdict = Pick<NetworkAclEntry, 'action' | 'ruleNumber'> | 'unknown';

function verdict(entries: NetworkAclEntry[], peer: string, port: number): Verdict {
  for (const entry of entries) {
    const { fromPort = 0, toPort = 65_535, protocol } = entry;
    if (protocol !== '-1' && (port < fromPort || port > toPort)) continue;
    const cidr = isIpv6(peer) ? entry.ipv6Cidr : entry.cidr;
    if (cidr === undefined) continue;
    if (contains(cidr, peer)) return entry;
    if (overlaps(cidr, peer)) return 'unknown';
  }
  return { action: 'deny', ruleNumber: lastRule };
}

const sayPorts = (from: number, to: number): string => (from === to ? String(from) : `${from}-${to}`);
