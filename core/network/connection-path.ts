import type { NetworkAcl, NetworkInterface, PrefixList, RouteTable, SecurityGroup, Subnet } from '../model/aws.ts';
import { derived, withId } from '../model/indexed.ts';
import type { Vantage } from '../model/probe-result.ts';
import { networkAclVerdict, worthTelling } from './acls/network-acls.ts';
import { contains, isIpv6 } from './address.ts';
import { type Door, tcp } from './clients/wire-protocol.ts';
import { divides, routeTo } from './route-tables.ts';
import { rulesFor, verdictOfRules } from './security-groups.ts';
import { combine, type FilterVerdict } from './verdict.ts';

/** The filters of a VPC; what could not be read is undefined. */
export interface Network {
  networkInterfaces: NetworkInterface[];
  securityGroups: SecurityGroup[];
  subnets: Subnet[];
  networkAcls?: NetworkAcl[] | undefined;
  routeTables?: RouteTable[] | undefined;
  prefixLists: PrefixList[] | undefined;
}

/** One end of a connection. */
export interface Endpoint {
  address: string;
  /** Absent for an address outside of the VPC. */
  subnetId?: string;
  /** Empty where nothing filters: at a load balancer without security groups, and outside of the VPC. */
  securityGroupIds: string[];
}

/** The hops that a connection passes, in order. */
export type HopKind = 'route' | 'egress' | 'network ACL' | 'ingress';
export interface Hop {
  kind: HopKind;
  verdict: FilterVerdict;
}
export interface ConnectionPath extends FilterVerdict {
  hops: Hop[];
}

/**
 * Follows a connection from one end to the other: routes, security groups at both ends, network ACLs both ways.
 * Security groups keep state, so that replies need no rule of theirs.
 */
export function evaluatePath(from: Endpoint, to: Endpoint, door: Door, network: Network): ConnectionPath {
  const [egress, ingress] = securityGroupHops(from, to, door, network);
  return combineHops([
    { kind: 'route', verdict: routeVerdict(from, to, network) },
    egress,
    { kind: 'network ACL', verdict: networkAclsVerdict(from, to, door, network) },
    ingress,
  ]);
}

/**
 * The same as `evaluatePath`, where the way to the whole subnet of the far end is known: what admits all of the subnet is not
 * looked at again, nor are the security groups of the far end, to which its own address is nothing.
 */
export function evaluatePathWithin(
  whole: ConnectionPath,
  from: Endpoint,
  to: Endpoint,
  { door, network }: { door: Door; network: Network },
): ConnectionPath {
  if (whole.decision === 'allow') return whole;
  const again = ({ kind, verdict }: Hop): FilterVerdict => {
    if (verdict.decision === 'allow') return verdict;
    switch (kind) {
      case 'route':
        return routeVerdict(from, to, network);
      case 'egress':
        return securityGroupsVerdict('egress', from, { peer: to, door }, network);
      case 'network ACL':
        return networkAclsVerdict(from, to, door, network);
      case 'ingress':
        return verdict;
    }
  };
  return combineHops(whole.hops.map((hop) => ({ kind: hop.kind, verdict: again(hop) })));
}

const combineHops = (hops: Hop[]): ConnectionPath => ({ hops, ...combine(hops.map(({ verdict }) => verdict)) });

const isRange = ({ address }: Endpoint): boolean => address.includes('/');

/**
 * The whole subnet in place of an end in it, the same for all ends with the same security groups; undefined where it is not known.
 * What admits all of the subnet admits each of its addresses, so that thousands of targets take one evaluation.
 */
export function wholeSubnet(
  { address, subnetId, securityGroupIds }: Endpoint,
  { subnets }: Network,
): Endpoint | undefined {
  const subnet = withId(subnets, subnetId);
  const cidr = isIpv6(address) ? subnet?.ipv6Cidrs[0] : subnet?.cidr;
  if (address === '' || cidr === undefined || !contains(cidr, address)) return undefined;
  return derived(subnets, [wholeSubnet, cidr, subnetId, securityGroupIds.join()], () => ({
    address: cidr,
    ...(subnetId !== undefined && { subnetId }),
    securityGroupIds,
  }));
}

/** The hops of a way that security groups are: where it leaves, and where it arrives. */
export const securityGroupHops = (from: Endpoint, to: Endpoint, door: Door, network: Network): [Hop, Hop] => [
  { kind: 'egress', verdict: securityGroupsVerdict('egress', from, { peer: to, door }, network) },
  { kind: 'ingress', verdict: securityGroupsVerdict('ingress', to, { peer: from, door }, network) },
];

/** The end at an address of a network interface. */
export const endpointAt = (address: string, { subnetId, securityGroups }: NetworkInterface): Endpoint => ({
  address,
  subnetId,
  securityGroupIds: securityGroups,
});

/**
 * The way of the auditor's own probes: admitted or denied only where that is so from every subnet in which they may start.
 * A time-out of a probe counts as evidence only on a way that is admitted.
 */
export function probePath(to: Endpoint, port: number, vantage: Vantage, network: Network): FilterVerdict {
  if (vantage.kind === 'outside') return { decision: 'unknown', by: `probes start elsewhere: ${vantage.note}` };
  if (vantage.securityGroupIds.length === 0)
    return { decision: 'unknown', by: 'the security groups of the prober are not known' };
  const verdicts = vantage.subnetIds.map((subnetId): FilterVerdict => {
    const subnet = withId(network.subnets, subnetId);
    if (subnet === undefined) return { decision: 'unknown', by: `${subnetId} was not read` };
    const address = isIpv6(to.address) ? subnet.ipv6Cidrs[0] : subnet.cidr;
    if (address === undefined) return { decision: 'unknown', by: `${subnetId} has no IPv6 addresses` };
    return evaluatePath({ address, subnetId, securityGroupIds: vantage.securityGroupIds }, to, tcp(port), network);
  });
  const [first] = verdicts;
  if (first === undefined) return { decision: 'unknown', by: 'the subnet of the prober is not known' };
  if (verdicts.every(({ decision }) => decision === first.decision)) return first;
  return { decision: 'unknown', by: 'it depends on the subnet from which the probe started' };
}

function routeVerdict(from: Endpoint, to: Endpoint, { routeTables, prefixLists }: Network): FilterVerdict {
  if (from.subnetId === undefined || from.subnetId === to.subnetId) return { decision: 'allow', by: 'the local route' };
  const found = routeTables && routeTo(to.address, from.subnetId, { routeTables, prefixLists });
  // The local route cannot be removed, but a more specific one can lead through an appliance (VPC user guide, "Middlebox routing").
  if (to.subnetId !== undefined) {
    if (found?.kind === 'via' && /^(vpce|eni|i)-/.test(found.target))
      return { decision: 'unknown', by: `${found.target} takes what ${from.subnetId} sends to ${found.destination}` };
    if (isRange(to) && routeTables && divides(to.address, from.subnetId, { routeTables, prefixLists }))
      return { decision: 'unknown', by: `${from.subnetId} has other routes to parts of ${to.address}` };
    return { decision: 'allow', by: 'the local route' };
  }
  if (found === undefined) return { decision: 'unknown', by: 'route tables were not read' };
  switch (found.kind) {
    case 'none':
      return {
        decision: 'deny',
        by: `${found.routeTableId} of ${from.subnetId} has no route to ${to.address}`,
      };
    case 'blackhole':
      return {
        decision: 'deny',
        by: `${found.routeTableId} of ${from.subnetId}: the route to ${found.destination} through ${found.target} is a blackhole`,
      };
    case 'unknown':
      return { decision: 'unknown', by: found.why };
    case 'local':
      return { decision: 'allow', by: 'the local route' };
    case 'via':
      // Target groups take private addresses only, and the Internet knows none of them.
      if (/^(nat|igw|eigw)-/.test(found.target))
        return {
          decision: 'deny',
          by: `${from.subnetId} has no route to ${to.address} but the one to ${found.destination} through ${found.target}, out to the Internet`,
        };
      return { decision: 'allow', by: `the route to ${found.destination} through ${found.target}` };
  }
}

function securityGroupsVerdict(
  direction: 'ingress' | 'egress',
  own: Endpoint,
  { peer, door }: { peer: Endpoint; door: Door },
  { securityGroups, prefixLists }: Network,
): FilterVerdict {
  if (own.securityGroupIds.length === 0) return { decision: 'allow', by: 'no security group' };
  const packet = { ...door, direction, peer };
  const rules = derived(
    securityGroups,
    [securityGroupsVerdict, direction, door.protocol, door.port, own.securityGroupIds.join()],
    () =>
      rulesFor(
        own.securityGroupIds.flatMap((id) => withId(securityGroups, id) ?? []),
        packet,
      ),
  );
  const verdict = verdictOfRules(rules, packet, prefixLists);
  if (verdict.decision !== 'deny') return verdict;
  const unread = own.securityGroupIds.filter((id) => !rules.groups.some((group) => group.id === id));
  return unread.length > 0 ? { decision: 'unknown', by: `${unread.join(', ')} was not read` } : verdict;
}

function networkAclsVerdict(from: Endpoint, to: Endpoint, door: Door, { networkAcls }: Network): FilterVerdict {
  if (from.subnetId === undefined || to.subnetId === undefined || from.subnetId === to.subnetId)
    return { decision: 'allow', by: 'no network ACL between them' };
  if (networkAcls === undefined) return { decision: 'unknown', by: 'network ACLs were not read' };
  const verdict = networkAclVerdict(
    { address: from.address, subnetId: from.subnetId },
    { address: to.address, subnetId: to.subnetId },
    door,
    networkAcls,
  );
  if (verdict.denial !== undefined && verdict.denial.share < worthTelling)
    return { decision: 'allow', by: 'network ACLs, but for a few reply ports' };
  return verdict;
}
