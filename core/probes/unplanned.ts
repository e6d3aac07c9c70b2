import type { Facts } from '../model/facts.ts';
import { conceals, type Gap } from '../model/gap.ts';
import type { SliceName } from '../model/slices.ts';
import { groupsOf, type TargetGroupContext } from '../model/target-group-context.ts';
import { addressOf } from '../network/interfaces.ts';

/**
 * What could not be probed because what a probe is planned from was not read: the load balancer, whose address is the Host of
 * the check, or the interfaces, which tell the address of an instance. One gap for each target group, with the reason
 * of the missing reading, so that every check that needs probes answers unknown.
 */
export const unplannedProbes = (facts: Facts): Gap[] =>
  groupsOf(facts).flatMap((group) => (group.failing.length === 0 ? [] : (gapOf(group, facts) ?? [])));

function gapOf(group: TargetGroupContext, facts: Facts): Gap | undefined {
  const { targetGroup, failing } = group;
  const hiding = (slice: SliceName): Gap | undefined =>
    facts.gaps.find((gap) => gap.slice === slice && conceals(gap, targetGroup.arn));
  const missing =
    group.loadBalancer === undefined
      ? hiding('loadBalancers')
      : failing.some((target) => addressOf(target, targetGroup, facts.slices.networkInterfaces) === undefined)
        ? hiding('networkInterfaces')
        : undefined;
  if (missing === undefined) return undefined;
  const what = missing.slice === 'loadBalancers' ? 'the load balancer' : 'the network interfaces of the targets';
  return {
    slice: 'probes',
    scope: { kind: 'target-group', arn: targetGroup.arn },
    reason: missing.reason,
    action: 'plan probes',
    message: `no probe could be planned: ${what} could not be read (${missing.action})`,
    remedy: missing.remedy,
  };
}
