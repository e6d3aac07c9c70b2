import type { Target } from '../../model/aws.ts';
import { withId } from '../../model/indexed.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { type Endpoint, evaluatePath, type Hop, type Network, wholeSubnet } from '../connection-path.ts';
import { endOf, filtersOf, pathsTo, sourcesOf } from '../health-check-path.ts';
import { interfaceOf } from '../interfaces.ts';
import { inboundAclVerdict } from '../network-acls.ts';
import { combine, type FilterVerdict } from '../verdict.ts';
import { preservesClients } from './client-address.ts';
import { crossesZones } from './cross-zone.ts';
import { udpHops } from './udp-path.ts';
import { type WireProtocol, wireProtocolsOf } from './wire-protocol.ts';

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
  /** True where something that decides was not read, and the health check does not show it either. */
  isBlind: boolean;
}

/**
 * Follows clients from the load balancer to the traffic port of every healthy target, once for each protocol. Where addresses of
 * clients are preserved, or that is not known, any client at all is enough to be admitted: `deny` = no rule admits anybody, `unknown` =
 * it depends on who comes. A TCP health check that passes on the traffic port itself proves the path of the load balancer's addresses.
 */
export const clientTraffic = (group: TargetGroupContext, network: Network): ClientTraffic[] =>
  group.memo.once([clientTraffic, filtersOf(group, network)], () =>
    group.targets
      .filter(({ state }) => state === 'healthy')
      .flatMap((target) =>
        wireProtocolsOf(group.targetGroup.protocol).map((protocol) => {
          const isProven = protocol === 'tcp' && target.healthCheckPort === target.port;
          return follow({ target, protocol, isProven }, group, network);
        }),
      ),
  );

type Flow = Pick<ClientTraffic, 'target' | 'protocol' | 'isProven'>;

function follow(flow: Flow, group: TargetGroupContext, network: Network): ClientTraffic {
  const { target, isProven } = flow;
  if (preservesClients(group.targetGroup) !== false) {
    const isBlind = !isProven && !isSeen(target, group, network);
    return { ...flow, from: undefined, isPartly: false, isBlind, ...ofAnyClient(flow, group, network) };
  }
  const from = sourcesOf(group, network).map(({ end }) => end.address);
  if (isProven) {
    const by = 'the health check passes on the same port';
    return { ...flow, from, isPartly: false, isBlind: false, decision: 'allow', by };
  }
  const paths = pathsOf(flow, group, network);
  const shut = paths.filter(({ decision }) => decision === 'deny');
  const [first = paths.find(({ decision }) => decision === 'unknown') ?? paths[0]] = shut;
  const { decision, by, hop } = first ?? unread;
  const isPartly = shut.length > 0 && shut.length < paths.length;
  return { ...flow, from, isPartly, isBlind: decision === 'unknown', decision, by, ...(hop && { hop }) };
}

/** Whether the interface of a target and its security groups are among the facts. */
function isSeen(target: Target, { targetGroup }: TargetGroupContext, network: Network): boolean {
  const own = interfaceOf(target, targetGroup, network.networkInterfaces);
  return own?.securityGroups.every((id) => withId(network.securityGroups, id) !== undefined) === true;
}

type Step = FilterVerdict & { hop?: Hop['kind'] };

const unread: Step = { decision: 'unknown', by: 'the network interface of the target was not found' };

/** From every node of the load balancer that sends clients to the target. */
function pathsOf({ target, protocol }: Flow, group: TargetGroupContext, network: Network): Step[] {
  const isHere = ({ zone }: { zone: string }): boolean => crossesZones(group) !== false || zone === target.zone;
  const hasZone = group.loadBalancer?.zones.some(({ name }) => name === target.zone) === true;
  const isSending = (node: { zone: string }): boolean => !hasZone || isHere(node);
  if (interfaceOf(target, group.targetGroup, network.networkInterfaces) === undefined) return [unread];
  const to = endOf(target, group, network);
  if (protocol === 'udp')
    return sourcesOf(group, network)
      .filter(({ node }) => isSending(node))
      .map(({ end }) => (to === undefined ? unread : decisive(udpHops(end, to, target.port, network))));
  return pathsTo(onTrafficPort(target, group), group, network)
    .filter(({ node }) => isSending(node))
    .map(({ hops }) => decisive(hops));
}

/** The target as though its health check went to the traffic port. */
const onTrafficPort = (target: Target, { memo }: TargetGroupContext): Target =>
  memo.once([onTrafficPort, target], () => ({ ...target, healthCheckPort: target.port }));

/** From any address at all, by the egress rules of the load balancer and the filters in front of the target. */
function ofAnyClient({ target, protocol, isProven }: Flow, group: TargetGroupContext, network: Network): Step {
  const end = endOf(target, group, network);
  const door = { protocol, port: target.port };
  const isFound = interfaceOf(target, group.targetGroup, network.networkInterfaces) !== undefined;
  const step = end !== undefined && isFound ? throughSubnet(end, door, group, network) : unread;
  // A check that passes on this port is admitted by something, whatever changed since.
  const isOpen = isProven && step.decision === 'deny';
  return isOpen ? { decision: 'unknown', by: step.by } : step;
}

interface Door {
  protocol: WireProtocol;
  port: number;
}

/** What admits the whole subnet of a target is looked at once for all targets in it. */
function throughSubnet(end: Endpoint, door: Door, group: TargetGroupContext, network: Network): Step {
  const subnet = wholeSubnet(end, network);
  const { protocol, port } = door;
  const wide =
    subnet &&
    group.memo.once([throughSubnet, filtersOf(group, network), protocol, port, subnet], () =>
      anyClientTo(subnet, door, group, network),
    );
  return wide?.decision === 'allow' ? wide : anyClientTo(end, door, group, network);
}

function anyClientTo(
  to: Endpoint,
  { protocol, port }: Door,
  { targetGroup, loadBalancer }: TargetGroupContext,
  network: Network,
): Step {
  const address = targetGroup.ipAddressType === 'ipv6' ? '::/0' : '0.0.0.0/0';
  const from: Endpoint = { address, securityGroupIds: loadBalancer?.securityGroups ?? [] };
  if (protocol === 'udp') return decisive(udpHops(from, to, port, network));
  const { hops } = evaluatePath(from, to, port, network);
  // A network ACL does not see what stays inside one subnet.
  const isBeside = loadBalancer?.zones.some(({ subnetId }) => subnetId === to.subnetId) === true;
  const { subnetId } = to;
  if (network.networkAcls === undefined || subnetId === undefined || isBeside) return decisive(hops);
  const verdict = inboundAclVerdict({ address, subnetId, port }, network.networkAcls);
  return decisive([...hops, { kind: 'network ACL', verdict }]);
}

/** The health check of a healthy target shows that routes lead there, whatever the port. */
function decisive(hops: Hop[]): Step {
  const filters = hops.filter(({ kind }) => kind !== 'route');
  const verdict = combine(filters.map((hop) => hop.verdict));
  const hop = filters.find((each) => each.verdict === verdict)?.kind;
  return { ...verdict, ...(hop && { hop }) };
}
