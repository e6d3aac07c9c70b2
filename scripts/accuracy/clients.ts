import type { Listener, LoadBalancer, Target, TargetGroup } from '../../core/model/aws.ts';
import { type DatagramListener, datagramListener } from '../../lab/physics/datagrams.ts';
import { type Listener as Listens, listener as listenerOf } from '../../lab/physics/listener.ts';
import type { PacketFilter } from '../../lab/physics/packet.ts';
import { packetFilter } from '../../lab/physics/packet-filter.ts';
import { targetAddress } from '../../lab/physics/target-health.ts';
import type { Behaviour, World } from '../../lab/world/world.ts';

/**
 * How the clients of a target group fare in truth: `served` = a listener takes them to a healthy target that understands them;
 * `partly` = so, but some get nowhere, or did a while ago; `unserved` = a listener sends them there and none gets through to a healthy target; `idle` = no listener sends any there.
 */
export type ClientTruth = 'served' | 'partly' | 'unserved' | 'idle';

/** What the lab's physics makes of a client of every target group, by ARN. */
export function clientsOf(world: World): Map<string, ClientTruth> {
  const passes = packetFilter(world);
  const path = { world, passes, listens: listenerOf(world, passes), takes: datagramListener(world, passes) };
  return new Map(world.targetGroups.map((group) => [group.arn, truthOf(group, path)]));
}

interface Path {
  world: World;
  passes: PacketFilter;
  listens: Listens;
  takes: DatagramListener;
}

function truthOf(group: TargetGroup, path: Path): ClientTruth {
  const { world } = path;
  const listeners = world.listeners.filter(({ forwards }) =>
    forwards.some(({ targetGroupArn, weight = 1 }) => targetGroupArn === group.arn && weight > 0),
  );
  if (listeners.length === 0) return 'idle';
  const healthy = world.targetHealth.filter(
    ({ targetGroupArn, state }) => targetGroupArn === group.arn && state === 'healthy',
  );
  const isServed = (protocol: string): boolean =>
    listeners.some(
      (listener) =>
        isOpen(world, listener, protocol) &&
        healthy.some((target) => converses({ group, listener, target, protocol }, path)),
    );
  const served = wiresOf(group.protocol).map(isServed);
  if (!served.some(Boolean)) return 'unserved';
  return served.every(Boolean) && !isStruckLately(world, group) ? 'served' : 'partly';
}

/** True where AWS counted connections that got no source port, or targets that were unhealthy for a while. */
const isStruckLately = ({ past, now }: World, { arn, loadBalancerArns }: TargetGroup): boolean =>
  (past?.spells ?? []).some(({ targetGroupArn }) => targetGroupArn === arn) ||
  (past?.counts ?? []).some(
    ({ metric, loadBalancerArn, to }) =>
      metric === 'PortAllocationErrorCount' && to === now && loadBalancerArns.includes(loadBalancerArn),
  );

const wires: Record<string, string[]> = {
  UDP: ['udp'],
  QUIC: ['udp'],
  TCP_UDP: ['tcp', 'udp'],
  TCP_QUIC: ['tcp', 'udp'],
};

const wiresOf = (protocol: string): string[] => wires[protocol] ?? ['tcp'];

/** True where any client of the protocol on the wire is let in to the listener. */
function isOpen(world: World, { loadBalancerArn, port }: Listener, protocol: string): boolean {
  const balancer = world.loadBalancers.find(({ arn }) => arn === loadBalancerArn);
  if (balancer === undefined) return false;
  const isOnline = balancer.zones.some(({ subnetId }) => isPublic(world, subnetId));
  if (balancer.scheme === 'internet-facing' && !isOnline) return false;
  if (balancer.securityGroups.length === 0) return true;
  const admitted = ['-1', protocol];
  return world.securityGroups
    .filter(({ id }) => balancer.securityGroups.includes(id))
    .flatMap(({ rules }) => rules)
    .some(
      (rule) =>
        !rule.egress &&
        admitted.includes(rule.protocol) &&
        (rule.protocol === '-1' || (port >= rule.fromPort && port <= rule.toPort)),
    );
}

/** True for a subnet whose default route leads to an internet gateway. */
function isPublic({ routeTables }: World, subnetId: string): boolean {
  const table =
    routeTables.find(({ subnetIds }) => subnetIds.includes(subnetId)) ?? routeTables.find(({ main }) => main);
  return (table?.routes ?? []).some(
    ({ destination, target }) => destination === '0.0.0.0/0' && target.startsWith('igw-'),
  );
}

interface Connection {
  group: TargetGroup;
  listener: Listener;
  target: Target;
  /** On the wire. */
  protocol: string;
}

/** True where a connection that the listener forwards arrives at the target's own port, and what listens there takes part in it. */
function converses(connection: Connection, { world, passes, listens, takes }: Path): boolean {
  const { group, listener, target, protocol } = connection;
  // Of QUIC the lab knows no handshake: there the health check is all that there is to go by.
  if (group.protocol.endsWith('QUIC') && protocol === 'udp') return true;
  const to = targetAddress(world, { ...target, registeredAt: world.now });
  const balancer = world.loadBalancers.find(({ arn }) => arn === listener.loadBalancerArn);
  const nodes = balancer === undefined ? [] : addressesOf(world, balancer, to.includes(':'));
  if (protocol === 'udp')
    return nodes.some((from) => passes({ from, to, port: target.port, protocol })) && takes(to, target.port);
  return (
    nodes.some((from) => passes({ from, to, port: target.port })) &&
    understands(listens(to, target.port), { group, listener })
  );
}

const addressesOf = (world: World, { arn }: LoadBalancer, isIpv6: boolean): string[] =>
  world.networkInterfaces
    .filter(({ description }) => description === `ELB ${arn.split(':loadbalancer/')[1]}`)
    .flatMap(({ privateIps, ipv6Addresses }) => (isIpv6 ? ipv6Addresses : privateIps));

function understands(
  behaviour: Behaviour | undefined,
  { group, listener }: Pick<Connection, 'group' | 'listener'>,
): boolean {
  if (behaviour === undefined || behaviour.kind === 'silent' || behaviour.kind === 'reset') return false;
  if (behaviour.kind !== 'http') return true;
  const sendsHeader = group.attributes['proxy_protocol_v2.enabled'] === 'true';
  if (sendsHeader ? behaviour.proxyProtocol === undefined : behaviour.proxyProtocol === 'required') return false;
  // Through a TCP listener the clients' own bytes arrive, and they know what the application speaks.
  if (listener.protocol !== 'TLS') return true;
  return (group.protocol === 'TLS') === (behaviour.tls !== undefined);
}
