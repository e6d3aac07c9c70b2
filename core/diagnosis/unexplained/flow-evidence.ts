import { describeFlows } from '../../history/flow-logs/describe-flows.ts';
import { type CheckFate, type HealthCheckFlows, healthCheckFlows } from '../../history/flow-logs/health-check-flows.ts';
import type { Target } from '../../model/aws.ts';
import type { Facts } from '../../model/facts.ts';
import { gapsAround } from '../../model/gaps-around.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import type { HopKind } from '../../network/connection-path.ts';
import { pathsTo } from '../../network/health-check-path.ts';
import { interfaceOf } from '../../network/interfaces.ts';

/** The targets of which flow logs say the same, the most targets first. */
export function fatesOf(targets: Target[], group: TargetGroupContext, { slices }: Facts) {
  const read = targets.flatMap((target) => {
    const flows = healthCheckFlows(target, group, slices);
    return flows === undefined ? [] : [{ target, flows }];
  });
  return [...Map.groupBy(read, ({ flows }) => flows.fate)].toSorted(([, a], [, b]) => b.length - a.length);
}

/** What flow logs recorded of the health checks of these targets, each fate once. */
export const flowLines = (targets: Target[], group: TargetGroupContext, facts: Facts): string[] =>
  fatesOf(targets, group, facts).flatMap(([fate, alike]) => {
    const [example] = alike;
    if (example === undefined) return [];
    const suspects = suspectsOf(fate, example, { group, facts });
    return `${describeFlows(example.target, example.flows)}${suspects === '' ? '' : `; ${suspects}`}`;
  });

interface Example {
  target: Target;
  flows: HealthCheckFlows;
}

/** What can have rejected it: where one of the two is known to let it in, it is the other. */
function suspectsOf(
  fate: CheckFate,
  { target }: Example,
  { group, facts }: { group: TargetGroupContext; facts: Facts },
): string {
  const there = interfaceOf(target, group.targetGroup, facts.slices.networkInterfaces);
  if (there === undefined || (fate !== 'rejected' && fate !== 'answer-rejected')) return '';
  const acl = `the network ACL of ${there.subnetId}`;
  // Security groups keep state: what answers a packet that they let in is let out.
  if (fate === 'answer-rejected') return `${acl} rejects it`;
  const groups = `the security groups of ${there.id} (${there.securityGroups.join(', ')})`;
  const isUnread = gapsAround(group, facts.gaps).some(({ slice }) => slice === 'networkAcls');
  const paths = pathsTo(target, group, {
    ...facts.slices,
    networkAcls: isUnread ? undefined : facts.slices.networkAcls,
  });
  const letsIn = (kind: HopKind): boolean =>
    paths.length > 0 &&
    paths.every(({ hops }) => hops.some((hop) => hop.kind === kind && hop.verdict.decision === 'allow'));
  if (letsIn('ingress') && !letsIn('network ACL')) return `${groups} let it in, so that ${acl} rejects it`;
  if (letsIn('network ACL') && !letsIn('ingress')) return `${acl} lets it in, so that ${groups} reject it`;
  return `${groups} or ${acl} reject it`;
}

/** What would settle the cause, given what flow logs have settled. */
export const decidedByFlows: Record<CheckFate, string> = {
  rejected: 'the rules of the security groups and of the network ACL that the evidence names',
  'answer-rejected': 'the outbound rules of the network ACL that the evidence names',
  unanswered:
    'a packet capture at the target: the health check arrives at its network interface, and nothing is sent back',
  answered: 'what is in between: the target answers, and the answer does not count or does not arrive',
  missing:
    'what is between the load balancer and the target: its own outbound rules and network ACL, route tables, and firewalls that packets are led through',
};
