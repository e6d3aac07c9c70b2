import type { Cluster, TargetGroup } from '../model/aws.ts';
import type { Gap } from '../model/gap.ts';

/**
 * What is in VPCs that no auditor covers: each cluster, and each VPC that has no cluster but target groups of load
 * balancers. Nobody asked for them, so that a run stays complete.
 */
export function uncovered(
  covered: readonly string[],
  { clusters, targetGroups }: { clusters: Cluster[]; targetGroups: TargetGroup[] },
): Gap[] {
  const withCluster = new Set(clusters.map(({ vpcId }) => vpcId));
  const alone = targetGroups.filter(
    ({ vpcId, loadBalancerArns }) => loadBalancerArns.length > 0 && !covered.includes(vpcId) && !withCluster.has(vpcId),
  );
  return [
    ...clusters
      .filter(({ vpcId }) => !covered.includes(vpcId))
      .map(({ name, vpcId }) =>
        gap(`cluster ${name} is`, vpcId, { slice: 'clusters', scope: { kind: 'cluster', name } }),
      ),
    ...[...Map.groupBy(alone, ({ vpcId }) => vpcId)].map(([vpcId, [first, ...others]]) =>
      gap(`${others.length + 1} target groups are`, vpcId, {
        slice: 'targetHealth',
        scope: { kind: 'target-group', arn: first?.arn ?? '' },
      }),
    ),
  ];
}

/** True for the gaps that `uncovered` makes. */
export const isUncovered = ({ action }: Gap): boolean => action.startsWith('audit vpc-');

const gap = (what: string, vpcId: string, hides: Pick<Gap, 'slice' | 'scope'>): Gap => ({
  ...hides,
  reason: 'not-requested',
  action: `audit ${vpcId}`,
  message: `${what} in ${vpcId}, which no auditor covers`,
  remedy: `Add ${vpcId} to vpcs in auditor.config.json and deploy.`,
});
