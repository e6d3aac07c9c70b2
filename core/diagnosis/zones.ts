import { weightsOf } from '../controllers/listeners/weights.ts';
import type { Instance, Target } from '../model/aws.ts';
import { withId } from '../model/indexed.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { crossesZones } from '../network/clients/cross-zone.ts';

/** The zone of a target; `all` for an address outside of the VPC. */
export const zoneOf = (target: Target, instances: Instance[]): string | undefined =>
  withId(instances, target.id)?.zone ?? target.zone;

/** How many targets a zone has, and how many of them must be healthy. */
export interface ZoneHealth {
  name: string;
  healthy: number;
  targets: number;
  /** Below this the address of the zone leaves DNS; 0 = it never does. */
  minimumForDns: number;
  /** Below this the zone sends clients to all of its targets, whatever their health. */
  minimumForRouting: number;
}

/** What the load balancer does because of the health of one target group. */
export interface Failover {
  /** No target is healthy: every zone stays in DNS, and clients get to any target (NLB user guide, "Health checks", fail open). */
  isOpenEverywhere: boolean;
  /** Zones whose address leaves DNS, for every listener of the load balancer. */
  lost: ZoneHealth[];
  /** Zones that stay in DNS and send clients to targets that are not healthy too. */
  open: ZoneHealth[];
}

const none: Failover = { isOpenEverywhere: false, lost: [], open: [] };

/**
 * Judges the thresholds of the target group (NLB user guide, "Target group health": count 1 and no percentage where nothing is
 * set, either one is enough, zone by zone while each serves for itself). Empty where the attributes are not known, and for
 * a group that is meant to take no traffic.
 */
export const failoverOf = (group: TargetGroupContext, instances: Instance[]): Failover =>
  group.memo.once([failoverOf, instances], () => failover(group, instances));

function failover(group: TargetGroupContext, instances: Instance[]): Failover {
  const { loadBalancer, targetGroup, targets } = group;
  const isCrossed = crossesZones(group);
  const weights = weightsOf(group);
  const isIdle = weights.length === 0 || weights.every((weight) => weight === 0);
  if (loadBalancer === undefined || isIdle) return none;
  if (targets.every(({ state }) => state !== 'healthy')) return { ...none, isOpenEverywhere: true };
  if (isCrossed === undefined) return none;
  const placed = targets.map((target) => ({ target, zone: zoneOf(target, instances) }));
  const isAnywhere = placed.some(({ zone }) => zone === undefined || zone === 'all');
  const isJoint = isCrossed || isAnywhere;

  const zones = loadBalancer.zones.map(({ name }): ZoneHealth => {
    const here = placed.filter(({ zone }) => isJoint || zone === name).map(({ target }) => target);
    return {
      name,
      healthy: here.filter(({ state }) => state === 'healthy').length,
      targets: here.length,
      minimumForDns: minimumOf(targetGroup.attributes, 'dns_failover', here.length),
      minimumForRouting: minimumOf(targetGroup.attributes, 'unhealthy_state_routing', here.length),
    };
  });
  const short = zones.filter(({ healthy, minimumForDns }) => healthy < minimumForDns);
  // Where every zone is short of healthy targets, none leaves DNS.
  const lost = short.length === zones.length ? [] : short;
  const isOpen = ({ healthy, targets, minimumForRouting }: ZoneHealth): boolean =>
    targets > healthy && healthy < minimumForRouting;
  return { isOpenEverywhere: false, lost, open: zones.filter((zone) => !lost.includes(zone) && isOpen(zone)) };
}

function minimumOf(
  attributes: Record<string, string>,
  action: 'dns_failover' | 'unhealthy_state_routing',
  targets: number,
): number {
  const setting = (kind: string): string | undefined =>
    attributes[`target_group_health.${action}.minimum_healthy_targets.${kind}`];
  const count = Number(setting('count') ?? '1');
  const share = Number(setting('percentage') ?? 'off');
  // `off` is no number.
  return Math.max(Number.isNaN(count) ? 0 : count, Number.isNaN(share) ? 0 : Math.ceil((targets * share) / 100));
}

/** Zones in which what is expected leaves the load balancer without enough healthy targets; all of them where no target is healthy. */
export function emptyZones(group: TargetGroupContext, instances: Instance[]): string[] {
  const { isOpenEverywhere, lost } = failoverOf(group, instances);
  if (!isOpenEverywhere) return lost.map(({ name }) => name);
  return group.targets.length === 0 ? [] : (group.loadBalancer?.zones ?? []).map(({ name }) => name);
}
