import { packetFilter } from '../../lab/physics/packet-filter.ts';
import { targetAddress } from '../../lab/physics/target-health.ts';
import type { Place } from '../../lab/scenario.ts';
import { targetGroupArnsOf } from '../../lab/target-groups-of.ts';
import type { World, WorldCluster } from '../../lab/world.ts';

/** How a Service stands: its targets but those that drain, those of them that are healthy, those that drain, and paths from load balancer nodes that are closed. */
export interface Standing {
  targets: number;
  healthy: number;
  draining: number;
  closed: number;
}

export const isSound = ({ targets, healthy }: Standing): boolean => healthy === targets;

/** More targets fail or are cut off, or none is left; fewer targets alone may be a matter of which nodes there are. */
export const isHarmed = (now: Standing, otherwise: Standing): boolean =>
  now.targets - now.healthy > otherwise.targets - otherwise.healthy ||
  now.closed > otherwise.closed ||
  (now.targets === 0 && otherwise.targets > 0);

/** Reads off the lab's physics how the Service stands. */
export function standingOf(world: World, cluster: WorldCluster, place: Place): Standing {
  const passes = packetFilter(world);
  const arns = targetGroupArnsOf(world, cluster, place);
  const own = world.targetHealth.filter(({ targetGroupArn }) => arns.includes(targetGroupArn));
  const targets = own.filter(({ state }) => state !== 'draining');
  const closed = targets.flatMap((target) => {
    const group = world.targetGroups.find(({ arn }) => arn === target.targetGroupArn);
    const marks = (group?.loadBalancerArns ?? []).map((arn) => `ELB ${arn.split(':loadbalancer/')[1]}`);
    const to = targetAddress(world, { ...target, registeredAt: world.now });
    return world.networkInterfaces
      .filter(({ description }) => marks.includes(description))
      .flatMap(({ privateIps, ipv6Addresses }) => (to.includes(':') ? ipv6Addresses : privateIps).slice(0, 1))
      .filter((from) => !passes({ from, to, port: target.healthCheckPort }));
  });
  const healthy = targets.filter(({ state }) => state === 'healthy').length;
  return { targets: targets.length, healthy, draining: own.length - targets.length, closed: closed.length };
}
