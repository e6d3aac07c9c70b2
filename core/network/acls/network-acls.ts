import type { NetworkAcl } from '../../model/aws.ts';
import { withId } from '../../model/indexed.ts';
import type { Door } from '../clients/wire-protocol.ts';
import { combine } from '../verdict.ts';
import { type AclDenial, type NetworkAclVerdict, passage, replyPorts } from './passage.ts';

/** An address or CIDR in a subnet. */
export interface SubnetAddress {
  address: string;
  subnetId: string;
}

/** Below this share of denied reply ports a check fails so seldom that no target turns unhealthy. */
export const worthTelling = 0.05;

/**
 * What the network ACLs say about a connection: four passages, because they keep no state, and none at all inside one
 * subnet. The first entry that matches decides. Source: VPC user guide, "Control subnet traffic with network ACLs".
 */
export function networkAclVerdict(
  from: SubnetAddress,
  to: SubnetAddress,
  door: Door,
  acls: NetworkAcl[],
): NetworkAclVerdict {
  if (from.subnetId === to.subnetId) return { decision: 'allow', by: 'both ends are in one subnet' };
  return strictest([
    ...outward({ subnetId: from.subnetId, peer: to.address }, door, acls),
    passage({ ...inwardTo(door), subnetId: to.subnetId, peer: from.address }, acls),
    passage({ ...outwardReplies(door), subnetId: to.subnetId, peer: from.address }, acls),
  ]);
}

/** What the network ACL of a subnet says about a connection that starts in it: out to a peer elsewhere, and its replies in. */
export const outwardAclVerdict = (
  end: { subnetId: string; peer: string },
  door: Door,
  acls: NetworkAcl[],
): NetworkAclVerdict => strictest(outward(end, door, acls));

/** What the network ACL of a subnet says about a first packet from an address or CIDR outside of the VPC. */
export const inboundAclVerdict = (
  { subnetId, address, ...door }: SubnetAddress & Door,
  acls: NetworkAcl[],
): NetworkAclVerdict => passage({ ...inwardTo(door), subnetId, peer: address }, acls);

const outward = (end: { subnetId: string; peer: string }, { protocol, port }: Door, acls: NetworkAcl[]) => [
  passage({ ...end, egress: true, protocol, ports: { from: port, to: port } }, acls),
  passage({ ...end, egress: false, protocol, ports: replyPorts }, acls),
];

export const inwardTo = ({ protocol, port }: Door) => ({ egress: false, protocol, ports: { from: port, to: port } });

export const outwardReplies = ({ protocol }: Door) => ({ egress: true, protocol, ports: replyPorts });

/** What several passages say together: a few ports that are denied for sure hide nothing of what is not known about the rest. */
function strictest(passages: NetworkAclVerdict[]): NetworkAclVerdict {
  const [telling = [], slight = []] = [true, false].map((isTelling) =>
    passages
      .filter(({ denial }) => (denial === undefined || denial.share >= worthTelling) === isTelling)
      .toSorted((a, b) => (b.denial?.share ?? 0) - (a.denial?.share ?? 0)),
  );
  const verdict = combine(telling);
  return verdict.decision === 'allow' ? (slight[0] ?? verdict) : verdict;
}

/** The highest free rule number before the entry that denies, so that no other entry comes later than it must. */
export function freeNumberBefore({ aclId, egress, ruleNumber }: AclDenial, acls: NetworkAcl[]): number {
  const entries = withId(acls, aclId)?.entries.filter((entry) => entry.egress === egress);
  const taken = new Set(entries?.map((entry) => entry.ruleNumber));
  let number = Math.min(ruleNumber, 32_767) - 1;
  while (taken.has(number) && number > 1) number -= 1;
  return number;
}
