import type { ServicePort } from '../../core/model/kubernetes.ts';
import { endpointsOf } from '../../lab/physics/endpoint-slices.ts';
import { reachesEndpoint } from '../../lab/physics/forwarding.ts';
import { policyFilter } from '../../lab/physics/network-policy.ts';
import { packetFilter } from '../../lab/physics/packet-filter.ts';
import { targetAddress } from '../../lab/physics/target-health.ts';
import type { Place } from '../../lab/scenario.ts';
import { instanceIdOf } from '../../lab/world/network/node.ts';
import { objectsOf } from '../../lab/world/object.ts';
import { targetGroupArnsOf } from '../../lab/world/target-groups-of.ts';
import type { World, WorldCluster } from '../../lab/world/world.ts';

/**
 * How a Service stands: its targets but those that drain, those of them that are healthy or on their way, those that drain, the ready
 * endpoints that should be targets and are not, and the closed ways, from load balancer nodes to targets and on to pods.
 */
export interface Standing {
  targets: number;
  healthy: number;
  arriving: number;
  draining: number;
  missing: number;
  closed: number;
}

export const failing = ({ targets, healthy }: Standing): number => targets - healthy;

export const isSound = (standing: Standing): boolean => failing(standing) === 0;

/**
 * More targets fail or are cut off, more ready endpoints are left out, or no target is left; fewer targets alone may be a matter of which nodes
 * there are. Rows that fail where there would be none at all are no harm: no client is served either way.
 */
export const isHarmed = (now: Standing, otherwise: Standing): boolean =>
  (failing(now) > failing(otherwise) && !(now.healthy === 0 && otherwise.targets === 0)) ||
  now.closed > otherwise.closed ||
  now.missing > otherwise.missing ||
  (now.targets === 0 && otherwise.targets > 0);

type Health = World['targetHealth'][number];

/** Reads off the lab's physics how the Service stands. */
export function standingOf(world: World, cluster: WorldCluster, place: Place): Standing {
  const passes = packetFilter(world);
  const arns = targetGroupArnsOf(world, cluster, place);
  const own = world.targetHealth.filter(({ targetGroupArn }) => arns.includes(targetGroupArn));
  const targets = own.filter(({ state }) => state !== 'draining');
  const closed = targets.flatMap((target) => {
    const to = targetAddress(world, { ...target, registeredAt: world.now });
    return checkersOf(world, target, to).filter((from) => !passes({ from, to, port: target.healthCheckPort }));
  });
  const admits = policyFilter(world);
  const behind = targets.flatMap((target) => pathsBehind({ world, cluster, place, target, passes, admits }));
  return {
    targets: targets.length,
    healthy: targets.filter(({ state }) => state === 'healthy').length,
    arriving: targets.filter(({ state }) => state === 'initial').length,
    draining: own.length - targets.length,
    missing: missingEndpoints({ world, cluster, place }, arns),
    closed: closed.length + behind.filter((isOpen) => !isOpen).length,
  };
}

/** Ready endpoints of a Service with ip targets that no target group of it holds. */
function missingEndpoints({ world, cluster, place }: Pick<Checked, 'world' | 'cluster' | 'place'>, arns: string[]) {
  const service = objectsOf(cluster, 'Service').find(
    ({ metadata }) => metadata.namespace === place.namespace && metadata.name === place.name,
  );
  const groups = world.targetGroups.filter(({ arn }) => arns.includes(arn));
  if (service === undefined || groups.length === 0 || groups.some(({ targetType }) => targetType !== 'ip')) return 0;
  const registered = new Set(
    world.targetHealth.flatMap(({ targetGroupArn, id }) => (arns.includes(targetGroupArn) ? id : [])),
  );
  const ports: ServicePort[] = service['spec'].ports;
  return ports
    .flatMap((port) => endpointsOf(cluster, service, port))
    .filter(({ ready, address }) => ready && !registered.has(address)).length;
}

/** The addresses, in the family of the target's, from which its health checks come. */
function checkersOf(world: World, { targetGroupArn }: Health, to: string): string[] {
  const group = world.targetGroups.find(({ arn }) => arn === targetGroupArn);
  const marks = (group?.loadBalancerArns ?? []).map((arn) => `ELB ${arn.split(':loadbalancer/')[1]}`);
  return world.networkInterfaces
    .filter(({ description }) => marks.includes(description))
    .flatMap(({ privateIps, ipv6Addresses }) => (to.includes(':') ? ipv6Addresses : privateIps).slice(0, 1));
}

interface Checked {
  world: World;
  cluster: WorldCluster;
  place: Place;
  target: Health;
  passes: ReturnType<typeof packetFilter>;
  admits: ReturnType<typeof policyFilter>;
}

/** Whether each of the ways is open on which a node passes the health check of a NodePort on to ready pods. */
function pathsBehind({ world, cluster, place, target, passes, admits }: Checked): boolean[] {
  const service = objectsOf(cluster, 'Service').find(
    ({ metadata }) => metadata.namespace === place.namespace && metadata.name === place.name,
  );
  const node = objectsOf(cluster, 'Node').find((each) => instanceIdOf(each) === target.id);
  const ports: ServicePort[] = service?.['spec'].ports ?? [];
  const port = ports.find(({ nodePort }) => nodePort === target.healthCheckPort);
  if (service === undefined || node === undefined || port === undefined) return [];
  const keepsSender = service['spec'].externalTrafficPolicy === 'Local';
  return endpointsOf(cluster, service, port)
    .filter(({ ready, nodeName }) => ready && (!keepsSender || nodeName === node['metadata'].name))
    .map((endpoint) => {
      const { address, port: number } = endpoint;
      const senders = keepsSender ? checkersOf(world, target, address) : [];
      const isAdmitted = senders.every((from) => admits({ from, to: address, port: number }));
      return isAdmitted && reachesEndpoint(world, passes, { cluster, node, endpoint, keepsSender });
    });
}
