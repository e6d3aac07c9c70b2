import type { NetworkAcl, NetworkInterface, PrefixList, RouteTable, SecurityGroup, Subnet } from '../model/aws.ts';
import { derived, withId } from '../model/indexed.ts';
import type { Vantage } from '../model/probe-result.ts';
import { contains, isIpv6 } from './address.ts';
import { rulingOfAcls, worthTelling } from './network-acls.ts';
import { divides, routeTo } from './route-tables.ts';
import { rulesFor, rulingBy } from './security-groups.ts';
import { type Ruling, together } from './verdict.ts';

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
export interface End {
  address: string;
  /** Absent for an address outside of the VPC. */
  subnetId?: string;
  /** Empty where nothing filters: at a load balancer without security groups, and outside of the VPC. */
  securityGroupIds: string[];
}

/** The gates that a connection passes, in order. */
export type Gate = 'route' | 'egress' | 'network ACL' | 'ingress';
export interface Passage {
  gate: Gate;
  ruling: Ruling;
}
export interface Way extends Ruling {
  gates: Passage[];
}

/**
 * Follows a TCP connection from one end to the other: routes, security groups at both ends, network ACLs both ways.
 * Security groups keep state, so that replies need no rule of theirs.
 */
export function wayBetween(from: End, to: End, port: number, network: Network): Way {
  const [egress, ingress] = securityGates(from, to, port, network);
  return throughAll([
    { gate: 'route', ruling: route(from, to, network) },
    egress,
    { gate: 'network ACL', ruling: acls(from, to, port, network) },
    ingress,
  ]);
}

/**
 * The same as `wayBetween`, where the way to the whole subnet of the far end is known: what admits all of the subnet is not
 * looked at again, nor are the security groups of the far end, to which its own address is nothing.
 */
export function wayWithin(whole: Way, from: End, to: End, { port, network }: { port: number; network: Network }): Way {
  if (whole.admission === 'admitted') return whole;
  const again: Record<Gate, () => Ruling> = {
    route: () => route(from, to, network),
    egress: () => groupsRuling('egress', from, { peer: to, port }, network),
    'network ACL': () => acls(from, to, port, network),
    ingress: () => groupsRuling('ingress', to, { peer: from, port }, network),
  };
  const isSettled = ({ gate, ruling }: Passage) => ruling.admission === 'admitted' || gate === 'ingress';
  return throughAll(
    whole.gates.map((passage) =>
      isSettled(passage) ? passage : { gate: passage.gate, ruling: again[passage.gate]() },
    ),
  );
}

const throughAll = (gates: Passage[]): Way => ({ gates, ...together(gates.map(({ ruling }) => ruling)) });

const isRange = ({ address }: End): boolean => address.includes('/');

/**
 * The whole subnet in place of an end in it, the same for all ends with the same security groups; undefined where it is not known.
 * What admits all of the subnet admits each of its addresses, so that thousands of targets take one evaluation.
 */
export function wholeSubnet({ address, subnetId, securityGroupIds }: End, { subnets }: Network): End | undefined {
  const subnet = withId(subnets, subnetId);
  const cidr = isIpv6(address) ? subnet?.ipv6Cidrs[0] : subnet?.cidr;
  if (cidr === undefined || !contains(cidr, address)) return undefined;
  return derived(subnets, [wholeSubnet, cidr, subnetId, securityGroupIds.join()], () => ({
    address: cidr,
    ...(subnetId !== undefined && { subnetId }),
    securityGroupIds,
  }));
}

/** The gates of a way that security groups are: where it leaves, and where it arrives. */
export const securityGates = (from: End, to: End, port: number, network: Network): [Passage, Passage] => [
  { gate: 'egress', ruling: groupsRuling('egress', from, { peer: to, port }, network) },
  { gate: 'ingress', ruling: groupsRuling('ingress', to, { peer: from, port }, network) },
];

/** The end at an address of a network interface. */
export const endAt = (address: string, { subnetId, securityGroups }: NetworkInterface): End => ({
  address,
  subnetId,
  securityGroupIds: securityGroups,
});

/**
 * The way of the auditor's own probes: admitted or denied only where that is so from every subnet in which they may start.
 * A time-out of a probe counts as evidence only on a way that is admitted.
 */
export function wayOfProbe(to: End, port: number, vantage: Vantage, network: Network): Ruling {
  if (vantage.kind === 'outside') return { admission: 'unknown', by: `probes start elsewhere: ${vantage.note}` };
  if (vantage.securityGroupIds.length === 0)
    return { admission: 'unknown', by: 'the security groups of the prober are not known' };
  const ways = vantage.subnetIds.map((subnetId): Ruling => {
    const subnet = withId(network.subnets, subnetId);
    if (subnet === undefined) return { admission: 'unknown', by: `${subnetId} was not read` };
    const address = isIpv6(to.address) ? subnet.ipv6Cidrs[0] : subnet.cidr;
    if (address === undefined) return { admission: 'unknown', by: `${subnetId} has no IPv6 addresses` };
    return wayBetween({ address, subnetId, securityGroupIds: vantage.securityGroupIds }, to, port, network);
  });
  const [first] = ways;
  if (first === undefined) return { admission: 'unknown', by: 'the subnet of the prober is not known' };
  if (ways.every(({ admission }) => admission === first.admission)) return first;
  return { admission: 'unknown', by: 'it depends on the subnet from which the probe started' };
}

function route(from: End, to: End, { routeTables, prefixLists }: Network): Ruling {
  if (from.subnetId === undefined || from.subnetId === to.subnetId)
    return { admission: 'admitted', by: 'the local route' };
  const found = routeTables && routeTo(to.address, from.subnetId, { routeTables, prefixLists });
  // The local route cannot be removed, but a more specific one can lead through an appliance (VPC user guide, "Middlebox routing").
  if (to.subnetId !== undefined) {
    if (found?.kind === 'via' && /^(vpce|eni|i)-/.test(found.target))
      return { admission: 'unknown', by: `${found.target} takes what ${from.subnetId} sends to ${found.destination}` };
    if (isRange(to) && routeTables && divides(to.address, from.subnetId, { routeTables, prefixLists }))
      return { admission: 'unknown', by: `${from.subnetId} has other routes to parts of ${to.address}` };
    return { admission: 'admitted', by: 'the local route' };
  }
  if (found === undefined) return { admission: 'unknown', by: 'route tables were not read' };
  switch (found.kind) {
    case 'none':
      return {
        admission: 'denied',
        by: `${found.routeTableId} of ${from.subnetId} has no route to ${to.address}`,
      };
    case 'blackhole':
      return {
        admission: 'denied',
        by: `${found.routeTableId} of ${from.subnetId}: the route to ${found.destination} through ${found.target} is a blackhole`,
      };
    case 'unknown':
      return { admission: 'unknown', by: found.why };
    case 'local':
      return { admission: 'admitted', by: 'the local route' };
    case 'via':
      // Target groups take private addresses only, and the Internet knows none of them.
      if (/^(nat|igw|eigw)-/.test(found.target))
        return {
          admission: 'denied',
          by: `${from.subnetId} has no route to ${to.address} but the one to ${found.destination} through ${found.target}, out to the Internet`,
        };
      return { admission: 'admitted', by: `the route to ${found.destination} through ${found.target}` };
  }
}

function groupsRuling(
  direction: 'ingress' | 'egress',
  own: End,
  { peer, port }: { peer: End; port: number },
  { securityGroups, prefixLists }: Network,
): Ruling {
  if (own.securityGroupIds.length === 0) return { admission: 'admitted', by: 'no security group' };
  const packet = { direction, protocol: 'tcp', port, peer } as const;
  const rules = derived(securityGroups, [groupsRuling, direction, port, own.securityGroupIds.join()], () =>
    rulesFor(
      own.securityGroupIds.flatMap((id) => withId(securityGroups, id) ?? []),
      packet,
    ),
  );
  const ruling = rulingBy(rules, packet, prefixLists);
  if (ruling.admission !== 'denied') return ruling;
  const unread = own.securityGroupIds.filter((id) => !rules.groups.some((group) => group.id === id));
  return unread.length > 0 ? { admission: 'unknown', by: `${unread.join(', ')} was not read` } : ruling;
}

function acls(from: End, to: End, port: number, { networkAcls }: Network): Ruling {
  if (from.subnetId === undefined || to.subnetId === undefined || from.subnetId === to.subnetId)
    return { admission: 'admitted', by: 'no network ACL between them' };
  if (networkAcls === undefined) return { admission: 'unknown', by: 'network ACLs were not read' };
  const ruling = rulingOfAcls(
    { address: from.address, subnetId: from.subnetId },
    { address: to.address, subnetId: to.subnetId },
    port,
    networkAcls,
  );
  if (ruling.denial !== undefined && ruling.denial.share < worthTelling)
    return { admission: 'admitted', by: 'network ACLs, but for a few reply ports' };
  return ruling;
}
