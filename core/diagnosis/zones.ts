import { weightsOf } from '../controllers/weights.ts';
import type { Instance, Target } from '../model/aws.ts';
import { withId } from '../model/indexed.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';

/** The zone of a target; `all` for an address outside of the VPC. */
export const zoneOf = (target: Target, instances: Instance[]): string | undefined =>
  withId(instances, target.id)?.zone ?? target.zone;

const crossZone = 'load_balancing.cross_zone.enabled';

/**
 * Zones of the load balancer in which the group has no healthy target while each zone serves for itself: their addresses
 * leave DNS, and clients that still use them fail (NLB user guide, "Cross-zone load balancing", "Target group health").
 * Empty where the attributes are not known, and for a group that is meant to take no traffic.
 */
export function emptyZones(group: TargetGroupContext, instances: Instance[]): string[] {
  const { loadBalancer, targetGroup, targets } = group;
  const own = targetGroup.attributes[crossZone];
  const isCrossed = own === 'true' || own === 'false' ? own : loadBalancer?.attributes[crossZone];
  const weights = weightsOf(group);
  const isIdle = weights.length === 0 || weights.every((weight) => weight === 0);
  if (loadBalancer === undefined || isCrossed !== 'false' || isIdle) return [];
  const served = targets.filter(({ state }) => state === 'healthy').map((target) => zoneOf(target, instances));
  if (served.some((zone) => zone === undefined || zone === 'all')) return [];
  return loadBalancer.zones.map(({ name }) => name).filter((zone) => !served.includes(zone));
}
