import type { EndpointService, Target, Vpc } from '../../model/aws.ts';
import { withId } from '../../model/indexed.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { clientDenials } from '../acls/client-denials.ts';
import { outwardAclVerdict, worthTelling } from '../acls/network-acls.ts';
import type { NetworkAclVerdict } from '../acls/passage.ts';
import { type Endpoint, type Hop, type Network, securityGroupHops, wholeSubnet } from '../connection-path.ts';
import { endOf, filtersOf, pathsTo, sourcesOf } from '../health-check-path.ts';
import { interfaceOf } from '../interfaces.ts';
import { rangesOf, rulesFor } from '../security-groups.ts';
import { combine, type FilterVerdict } from '../verdict.ts';
import { preservesClients } from './client-address.ts';
import { type ClientOrigin, isOrigin, notOnTheInternet, servesPrivateLink } from './client-origin.ts';
import { crossesZones } from './cross-zone.ts';
import { type Door, type WireProtocol, wireProtocolsOf } from './wire-protocol.ts';

/** The filters of a VPC, and what tells where clients come from. */
export interface ClientNetwork extends Network {
  vpcs?: Vpc[] | undefined;
  endpointServices?: EndpointService[] | undefined;
}

/** What the filters of the VPC make of clients' packets on their path to one healthy target, by one protocol. */
export interface ClientTraffic extends FilterVerdict {
  target: Target;
  protocol: WireProtocol;
  /** True where a TCP health check passes on the very port. */
  isProven: boolean;
  /** The filter that decides where it is not admitted. */
  hop?: Hop['kind'];
  /** Addresses that the packets have when they arrive: those of the load balancer, or `undefined` for any client's. */
  from: string[] | undefined;
  /** True where only some zones of the load balancer are stopped in front of this target. */
  isPartly: boolean;
  /** Why some systems' clients get no answer, though they are admitted: the network ACL of the target's subnet lets out few of their ports. */
  unanswered?: string;
  /** True where something that decides was not read, and the health check does not show it either. */
  isBlind: boolean;
}

/**
 * Follows clients from the load balancer to the traffic port of every healthy target, once for each protocol. Where addresses of
 * clients are preserved, or that is not known, any client at all is enough to be admitted: `deny` = no rule admits anybody,
 * of an internet-facing load balancer anybody on the Internet, `unknown` = it depends on who comes. A TCP health check that passes on the traffic port itself proves the path of the load balancer's addresses.
 */
export const clientTraffic = (group: TargetGroupContext, network: ClientNetwork): ClientTraffic[] =>
  group.memo.once([clientTraffic, filtersOf(group, network), network.vpcs, network.endpointServices], () => {
    const isOfClients = preservesClients(group.targetGroup) !== false;
    const from = isOfClients ? undefined : sourcesOf(group, network).map(({ end }) => end.address);
    const protocols = wireProtocolsOf(group.targetGroup.protocol);
    const healthy = group.targets.filter(({ state }) => state === 'healthy');
    return healthy.flatMap((target) =>
      protocols.map((protocol) => {
        const isProven = protocol === 'tcp' && target.healthCheckPort === target.port;
        return follow({ target, protocol, isProven, from }, group, network);
      }),
    );
  });

type Flow = Pick<ClientTraffic, 'target' | 'protocol' | 'isProven' | 'from'>;

function follow(flow: Flow, group: TargetGroupContext, network: ClientNetwork): ClientTraffic {
  const { target, isProven, from } = flow;
  const isOfClients = from === undefined;
  if (isProven && !isOfClients) {
    const by = 'the health check passes on the same port';
    return { ...flow, isPartly: false, isBlind: false, decision: 'allow', by };
  }
  const steps = isOfClients ? stepsOfClients(flow, group, network) : stepsOf(flow, group, network);
  const shut = steps.filter(({ decision }) => decision === 'deny');
  const [first = steps.find(({ decision }) => decision === 'unknown') ?? steps[0]] = shut;
  const { decision, by, hop } = first ?? unread;
  const unanswered = decision === 'allow' ? steps.find((step) => step.unanswered !== undefined)?.unanswered : undefined;
  const isPartly = shut.length > 0 && shut.length < steps.length;
  const isBlind = isOfClients ? !isProven && !isSeen(target, group, network) : decision === 'unknown';
  const isDoubtful = isProven && decision === 'deny' && isContradicted(target, group, network);
  const verdict = { decision: isDoubtful ? 'unknown' : decision, by, ...(hop && { hop }) };
  return { ...flow, isPartly, isBlind, ...verdict, ...(unanswered !== undefined && { unanswered }) };
}

/** True where the filters would stop the health check too, which passes: something admits it that was not seen. */
const isContradicted = (target: Target, group: TargetGroupContext, network: Network): boolean =>
  pathsTo(target, group, network).every(({ hops }) => decisive(hops).decision === 'deny');

/** Whether the interface of a target and its security groups are among the facts. */
function isSeen(target: Target, { targetGroup }: TargetGroupContext, network: Network): boolean {
  const own = interfaceOf(target, targetGroup, network.networkInterfaces);
  return own?.securityGroups.every((id) => withId(network.securityGroups, id) !== undefined) === true;
}

type Step = FilterVerdict & Pick<ClientTraffic, 'hop' | 'unanswered'>;

const unread: Step = { decision: 'unknown', by: 'the network interface of the target was not found' };

/** The nodes of the load balancer that send clients to targets of this zone. */
function sendersTo(zone: string | undefined, group: TargetGroupContext, network: Network) {
  const hasZone = group.loadBalancer?.zones.some(({ name }) => name === zone) === true;
  const isEverywhere = crossesZones(group) !== false || !hasZone;
  return sourcesOf(group, network).filter(({ node }) => isEverywhere || node.zone === zone);
}

/** With the addresses of every node that sends clients to the target. */
function stepsOf({ target }: Flow, group: TargetGroupContext, network: Network): Step[] {
  if (interfaceOf(target, group.targetGroup, network.networkInterfaces) === undefined) return [unread];
  const senders = new Set(sendersTo(target.zone, group, network).map(({ node }) => node));
  return pathsTo(onTrafficPort(target, group), group, network)
    .filter(({ node }) => senders.has(node))
    .map(({ hops }) => decisive(hops));
}

/** The target as though its health check went to the traffic port. */
const onTrafficPort = (target: Target, { memo }: TargetGroupContext): Target =>
  memo.once([onTrafficPort, target], () => ({ ...target, healthCheckPort: target.port }));

/** With any address that a client may have, from every node that sends clients to the target. */
function stepsOfClients({ target, protocol }: Flow, group: TargetGroupContext, network: ClientNetwork): Step[] {
  const end = endOf(target, group, network);
  const isFound = interfaceOf(target, group.targetGroup, network.networkInterfaces) !== undefined;
  if (end === undefined || !isFound) return [unread];
  const door = { protocol, port: target.port };
  const subnet = wholeSubnet(end, network);
  // What admits the whole subnet of a target is evaluated once for all targets in it.
  const wide =
    subnet &&
    group.memo.once(
      [
        stepsOfClients,
        filtersOf(group, network),
        originOf(group, network).without.join(),
        protocol,
        target.port,
        target.zone,
        subnet,
      ],
      () => anyClientTo(subnet, { door, zone: target.zone }, group, network),
    );
  if (wide?.every(({ decision }) => decision === 'allow')) return wide;
  return anyClientTo(end, { door, zone: target.zone }, group, network);
}

function anyClientTo(
  to: Endpoint,
  { door, zone }: { door: Door; zone: string | undefined },
  group: TargetGroupContext,
  network: ClientNetwork,
): Step[] {
  const { loadBalancer } = group;
  const origin = originOf(group, network);
  const address = origin.bits === 128 ? '::/0' : '0.0.0.0/0';
  const anybody: Endpoint = { address, securityGroupIds: loadBalancer?.securityGroups ?? [] };
  const [egress, ingress] = securityGroupHops(anybody, to, door, network);
  const groups: Hop[] = [
    egress,
    { ...ingress, verdict: withoutOthers(ingress.verdict, { to, door, origin }, network) },
  ];
  const senders = sendersTo(zone, group, network);
  if (senders.length === 0) return [decisive(groups)];
  return senders.map(({ node }) => {
    const denials = denialsAt(node.subnetId, to, { door, origin }, network);
    const step = decisive([...groups, ...aclHops(node.subnetId, to, { door, denials }, network)]);
    const partial = denials.find(({ denial }) => denial !== undefined && denial.share < 1);
    return { ...step, ...(partial && door.protocol === 'tcp' && { unanswered: partial.by }) };
  });
}

/** The addresses that clients have where they are preserved; consumers of an endpoint service have those of the load balancer. */
function originOf({ targetGroup, loadBalancer }: TargetGroupContext, network: ClientNetwork): ClientOrigin {
  const isSure =
    loadBalancer !== undefined &&
    preservesClients(targetGroup) === true &&
    servesPrivateLink(loadBalancer, network.endpointServices) === false;
  return {
    bits: targetGroup.ipAddressType === 'ipv6' ? 128 : 32,
    without: isSure ? notOnTheInternet(loadBalancer, network.vpcs) : [],
  };
}

interface Arriving {
  door: Door;
  origin: ClientOrigin;
}

/** Denied where the rules admit some addresses, and no client can have any of them. */
function withoutOthers(
  verdict: FilterVerdict,
  { to, door, origin }: Arriving & { to: Endpoint },
  { securityGroups, prefixLists }: Network,
): FilterVerdict {
  if (verdict.decision !== 'unknown' || origin.without.length === 0) return verdict;
  const groups = to.securityGroupIds.flatMap((id) => withId(securityGroups, id) ?? []);
  if (groups.length < to.securityGroupIds.length) return verdict;
  const { covering } = rulesFor(groups, { ...door, direction: 'ingress' });
  const ranges = covering.flatMap(({ rule }) => rangesOf(rule, prefixLists) ?? [undefined]);
  if (ranges.some((range) => range === undefined || isOrigin(range, origin))) return verdict;
  const what = `${door.protocol.toUpperCase()} ${door.port}`;
  const by = `${to.securityGroupIds.join(', ')}: ingress rules for ${what} admit ${[...new Set(ranges)].join(', ')}, and no address of the Internet`;
  return { decision: 'deny', by };
}

/** What the network ACL of a target's subnet denies to clients that come from a node of the load balancer in another one. */
const denialsAt = (
  subnetId: string,
  to: Endpoint,
  { door, origin }: Arriving,
  { networkAcls }: Network,
): NetworkAclVerdict[] =>
  networkAcls === undefined || to.subnetId === undefined || to.subnetId === subnetId
    ? []
    : clientDenials(to.subnetId, door, origin, networkAcls);

/** What network ACLs make of clients between a node of the load balancer and a target in another subnet. */
function aclHops(
  subnetId: string,
  to: Endpoint,
  { door, denials }: Pick<Arriving, 'door'> & { denials: NetworkAclVerdict[] },
  { networkAcls }: Network,
): Hop[] {
  if (networkAcls === undefined || to.subnetId === undefined || to.subnetId === subnetId) return [];
  return [
    outwardAclVerdict({ subnetId, peer: to.address }, door, networkAcls),
    ...denials.filter(({ denial }) => denial === undefined || denial.share === 1),
  ].map((verdict) => ({ kind: 'network ACL', verdict: isOneWay(verdict, door, subnetId) ? open(verdict) : verdict }));
}

/** True where replies to datagrams are denied, or a few ports of replies: some clients do without. */
const isOneWay = ({ denial }: NetworkAclVerdict, { protocol }: Door, from: string): boolean =>
  denial !== undefined &&
  (denial.share < worthTelling || (protocol === 'udp' && denial.egress !== (denial.subnetId === from)));

const open = ({ by }: FilterVerdict): FilterVerdict => ({ decision: 'unknown', by });

/** The health check of a healthy target shows that routes lead there, whatever the port. */
function decisive(hops: Hop[]): Step {
  const filters = hops.filter(({ kind }) => kind !== 'route');
  const verdict = combine(filters.map((hop) => hop.verdict));
  const hop = filters.find((each) => each.verdict === verdict)?.kind;
  return { ...verdict, ...(hop && { hop }) };
}
