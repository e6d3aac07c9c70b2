import type { TargetGroupContext } from '../../model/target-group-context.ts';

const attribute = 'load_balancing.cross_zone.enabled';

/**
 * True where each zone of the load balancer sends clients to the targets of all zones, by the target group's own word or else by the
 * load balancer's; undefined where the attributes are not known. Source: NLB user guide, "Cross-zone load balancing".
 */
export function crossesZones({
  targetGroup,
  loadBalancer,
}: Pick<TargetGroupContext, 'targetGroup' | 'loadBalancer'>): boolean | undefined {
  const own = targetGroup.attributes[attribute];
  const set = own === 'true' || own === 'false' ? own : loadBalancer?.attributes[attribute];
  return set === undefined ? undefined : set === 'true';
}
