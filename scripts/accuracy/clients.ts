import type { Listener, NetworkInterface, Target, TargetGroup } from '../../core/model/aws.ts';
import { type DatagramListener, datagramListener } from '../../lab/physics/datagrams.ts';
import { type Entrance, isOpenAt, nodesOf } from '../../lab/physics/entrance.ts';
import { type Listener as Listens, listener as listenerOf } from '../../lab/physics/listener.ts';
import type { PacketFilter } from '../../lab/physics/packet.ts';
import { packetFilter } from '../../lab/physics/packet-filter.ts';
import { targetAddress } from '../../lab/physics/target-health.ts';
import { objectsOf } from '../../lab/world/object.ts';
import type { Behaviour, World } from '../../lab/world/world.ts';

/**
 * How the clients of a target group fare in truth: `served` = a listener takes them to a healthy target that understands them;
 * `partly` = so, but some get nowhere, or did a while ago; `unserved` = a listener sends them there and none gets through to a healthy target; `idle` = no listener sends any there.
 */
export type ClientTruth = 'served' | 'partly' | 'unserved' | 'idle';

type Wire = Entrance['protocol'];

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
  const own = world.listeners.filter(({ forwards }) =>
    forwards.some(({ targetGroupArn }) => targetGroupArn === group.arn),
  );
  const listeners = own.filter(({ forwards }) =>
    forwards.some(({ targetGroupArn, weight = 1 }) => targetGroupArn === group.arn && weight > 0),
  );
  // Who connects where no target group has any weight is sent to none.
  const isClosed = own.some(({ forwards }) => forwards.every(({ weight = 1 }) => weight === 0));
  if (listeners.length === 0) return isClosed || isDue(group, world) ? 'unserved' : 'idle';
  const healthy = world.targetHealth.filter(
    ({ targetGroupArn, state }) => targetGroupArn === group.arn && state === 'healthy',
  );
  const doors = listeners
    .filter((listener) => isNamed(listener, group, world))
    .flatMap((listener) => wiresOf(group.protocol).flatMap((protocol) => doorsOf({ listener, protocol }, world)));
  const served = doors.map(
    (door) => isOpenAt(door.node, door, world) && healthy.some((target) => converses({ group, target, ...door }, path)),
  );
  if (!served.some(Boolean)) return 'unserved';
  return served.every(Boolean) && !isClosed && !isStruckLately(world, group) ? 'served' : 'partly';
}

/**
 * True for a group that a controller made for a Service which names its load balancer, there or not, and whose port no listener of that load
 * balancer has.
 */
function isDue({ tags }: TargetGroup, { clusters, loadBalancers, listeners }: World): boolean {
  const [key] = Object.keys(tags).filter((tag) => /^service\..*\/resource$/.test(tag));
  const made = key === undefined ? tags['kubernetes.io/service-name'] : tags[key]?.split(':')[0];
  const services = servicesOf(clusters, tags);
  const service = services.find(({ metadata }) => `${metadata.namespace}/${metadata.name}` === made);
  const names = (service?.status.loadBalancer?.ingress ?? []).map(({ hostname }) => hostname);
  if (service === undefined || names.length === 0) return false;
  const balancer = loadBalancers.find(({ dnsName }) => names.includes(dnsName));
  const open = listeners.filter(({ loadBalancerArn }) => loadBalancerArn === balancer?.arn);
  const ports = key === undefined ? service.spec.ports.map(({ port }) => port) : [Number(tags[key]?.split(':')[1])];
  return ports.some((number) => open.every(({ port }) => port !== number));
}

/**
 * True where clients connect to the listener and want what is behind the group: by its number and protocol, where a Service is known by the name
 * of the load balancer; for another port of the same pods, where a controller made the group for that.
 */
function isNamed({ loadBalancerArn, port, protocol }: Listener, group: TargetGroup, world: World): boolean {
  const name = world.loadBalancers.find(({ arn }) => arn === loadBalancerArn)?.dnsName;
  const services = world.clusters
    .flatMap((cluster) => objectsOf(cluster, 'Service'))
    .filter(({ status }) => status.loadBalancer?.ingress?.some(({ hostname }) => hostname === name));
  const made = portMadeFor(group, world);
  if (made !== undefined && made.names.length > 0 && !made.names.includes(name)) return false;
  const isWanted = (targetPort: unknown): boolean => made === undefined || made.targetPort === targetPort;
  return (
    services.length === 0 ||
    services.some(({ metadata, spec }) =>
      spec.ports.some(
        (each) =>
          each.port === port &&
          wiresOf(protocol).some((wire) => wire.toUpperCase() === (each.protocol ?? 'TCP')) &&
          isWanted(each.targetPort) &&
          (made === undefined || made.service === `${metadata.namespace}/${metadata.name}`),
      ),
    )
  );
}

/** The Services of the cluster whose controller made a resource with these tags. */
const servicesOf = (clusters: World['clusters'], tags: TargetGroup['tags']) =>
  clusters
    .filter(
      ({ cluster: { name } }) =>
        [tags['elbv2.k8s.aws/cluster'], tags['eks:eks-cluster-name']].includes(name) ||
        tags[`kubernetes.io/cluster/${name}`] !== undefined,
    )
    .flatMap((cluster) => objectsOf(cluster, 'Service'));

/** The port of a Service for which a controller made the group, by its tags and, for cloud-provider-aws, by NodePort, with the names to which its clients go. */
function portMadeFor({ tags, port: number }: TargetGroup, { clusters }: World) {
  const [key = ''] = Object.keys(tags).filter((tag) => /^service\..*\/resource$/.test(tag));
  const [made = tags['kubernetes.io/service-name'], wanted] = tags[key]?.split(':') ?? [];
  const services = servicesOf(clusters, tags);
  const service = services.find(({ metadata }) => `${metadata.namespace}/${metadata.name}` === made);
  const port = service?.spec.ports.find(({ port, nodePort }) =>
    wanted === undefined ? nodePort === number : String(port) === wanted,
  );
  const names = (service?.status.loadBalancer?.ingress ?? []).map(({ hostname }) => hostname);
  return port && { service: made, names, targetPort: port.targetPort };
}

/** True where AWS counted connections that got no source port, or targets that were unhealthy for a while. */
const isStruckLately = ({ past, now }: World, { arn, loadBalancerArns }: TargetGroup): boolean =>
  (past?.spells ?? []).some(({ targetGroupArn }) => targetGroupArn === arn) ||
  (past?.counts ?? []).some(
    ({ metric, loadBalancerArn, to }) =>
      metric === 'PortAllocationErrorCount' && to === now && loadBalancerArns.includes(loadBalancerArn),
  );

const wires: Record<string, Wire[]> = {
  UDP: ['udp'],
  QUIC: ['udp'],
  TCP_UDP: ['tcp', 'udp'],
  TCP_QUIC: ['tcp', 'udp'],
};

const wiresOf = (protocol: string): Wire[] => wires[protocol] ?? ['tcp'];

interface Door extends Entrance {
  node: NetworkInterface;
}

/** The listener at every node of its load balancer. */
function doorsOf({ listener, protocol }: Omit<Entrance, 'balancer'>, world: World): Door[] {
  const balancer = world.loadBalancers.find(({ arn }) => arn === listener.loadBalancerArn);
  return balancer === undefined ? [] : nodesOf(world, balancer).map((node) => ({ balancer, listener, protocol, node }));
}

interface Connection extends Door {
  group: TargetGroup;
  target: Target;
}

/** True where a connection that the listener forwards arrives at the target's own port, and what listens there takes part in it. */
function converses(connection: Connection, { world, passes, listens, takes }: Path): boolean {
  const { group, listener, target, protocol, node } = connection;
  // Of QUIC the lab knows no handshake: there the health check is all that there is to go by.
  if (group.protocol.endsWith('QUIC') && protocol === 'udp') return true;
  const to = targetAddress(world, { ...target, registeredAt: world.now });
  const [from = ''] = to.includes(':') ? node.ipv6Addresses : node.privateIps;
  if (protocol === 'udp') return passes({ from, to, port: target.port, protocol }) && takes(to, target.port);
  return passes({ from, to, port: target.port }) && understands(listens(to, target.port), { group, listener });
}

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
