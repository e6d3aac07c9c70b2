import type { Listener, LoadBalancer, NetworkInterface, Target, TargetGroup } from '../../core/model/aws.ts';
import type { Behaviour, World } from '../world/world.ts';
import { clientAddress } from './client-address.ts';
import { isOpenAt, nodesOf } from './entrance.ts';
import { type Listener as Listens, listener as listenerOf } from './listener.ts';
import type { PacketFilter } from './packet.ts';
import { packetFilter } from './packet-filter.ts';
import { targetAddress } from './target-health.ts';

/** What a client's connection meets behind one listener of one node of a load balancer. */
export interface Backend {
  targetGroupArn: string;
  /** What answers at the target's own port; undefined = it refuses; `silent` = no packet arrives, or no answer. */
  behaviour: Behaviour | undefined;
  /** True where the load balancer puts a Proxy Protocol header in front. */
  sendsHeader: boolean;
  /** True where it speaks TLS to the target. */
  encrypts: boolean;
}

/** One listener at one node of a load balancer, with everything it sends clients to; an empty list where it lets none in, or has nowhere to go. */
export interface FrontDoor {
  loadBalancerArn: string;
  address: string;
  port: number;
  /** True where the load balancer ends the clients' TLS. */
  endsTls: boolean;
  targetGroupArns: string[];
  backends: Backend[];
  /** True where a target behind it is healthy: only then DNS names this node, unless none of the load balancer has any. */
  hasHealthy: boolean;
}

/**
 * Where clients get through every Network Load Balancer of the world: at each node to the healthy targets of its zone, or of all zones with
 * cross-zone load balancing; where a target group has none there, to all of them (elb-network-load-balancers-user-guide,
 * load-balancer-target-groups, "fail open"); and at the target whatever security groups, network ACLs and policies let in on its own port.
 */
export function frontDoors(world: World): FrontDoor[] {
  const passes = packetFilter(world);
  const path: Path = { world, passes, listens: listenerOf(world, passes) };
  return world.loadBalancers
    .filter(({ type, state }) => type === 'network' && state !== 'failed')
    .flatMap((balancer) =>
      world.listeners
        .filter(
          ({ loadBalancerArn, protocol }) => loadBalancerArn === balancer.arn && ['TCP', 'TLS'].includes(protocol),
        )
        .flatMap((listener) => nodesOf(world, balancer).map((node) => doorAt({ balancer, listener, node }, path))),
    );
}

interface Path {
  world: World;
  passes: PacketFilter;
  listens: Listens;
}

interface Place {
  balancer: LoadBalancer;
  listener: Listener;
  node: NetworkInterface;
}

function doorAt({ balancer, listener, node }: Place, path: Path): FrontDoor {
  const { world } = path;
  const groups = listener.forwards
    .filter(({ weight = 1 }) => weight > 0)
    .flatMap(({ targetGroupArn }) => world.targetGroups.find(({ arn }) => arn === targetGroupArn) ?? []);
  const chosen = groups.map((group) => ({ group, ...targetsFrom({ balancer, listener, node }, group, world) }));
  return {
    loadBalancerArn: balancer.arn,
    hasHealthy: chosen.some(({ hasHealthy }) => hasHealthy),
    address: node.privateIps[0] ?? '',
    port: listener.port,
    endsTls: listener.protocol === 'TLS',
    targetGroupArns: groups.map(({ arn }) => arn),
    backends: isOpenAt(node, { balancer, listener, protocol: 'tcp' }, world)
      ? chosen.flatMap(({ group, targets }) =>
          targets.map((target) => backendAt(node, { balancer, group, target }, path)),
        )
      : [],
  };
}

function targetsFrom({ balancer, node }: Place, group: TargetGroup, world: World) {
  const all = world.targetHealth.filter(
    ({ targetGroupArn, state, override }) =>
      targetGroupArn === group.arn && state !== 'draining' && state !== 'unused' && override === undefined,
  );
  const own = group.attributes['load_balancing.cross_zone.enabled'];
  const isCross =
    own === 'true' || (own !== 'false' && balancer.attributes['load_balancing.cross_zone.enabled'] === 'true');
  // A target without a zone, such as another load balancer, is in all of them.
  const near = isCross ? all : all.filter((target) => [node.zone, 'all', undefined].includes(zoneOf(target, world)));
  const healthy = near.filter(({ state }) => state === 'healthy');
  return { targets: healthy.length > 0 ? healthy : near, hasHealthy: healthy.length > 0 };
}

const zoneOf = ({ id, zone }: Target, { instances }: World): string | undefined =>
  zone ?? instances.find((instance) => instance.id === id)?.zone;

function backendAt(
  { privateIps: [from = ''] }: NetworkInterface,
  { balancer, group, target }: { balancer: LoadBalancer; group: TargetGroup; target: Target },
  { world, passes, listens }: Path,
): Backend {
  const to = targetAddress(world, { ...target, registeredAt: world.now });
  const sender = clientAddress(world, balancer, group);
  const arrives = passes({ from, to, port: target.port, ...(sender !== undefined && { sender }) });
  return {
    targetGroupArn: group.arn,
    behaviour: arrives ? listens(to, target.port, sender) : { kind: 'silent' },
    sendsHeader: group.attributes['proxy_protocol_v2.enabled'] === 'true',
    encrypts: group.protocol === 'TLS',
  };
}
