import { isNothingSeen } from '../diagnosis/run-verdict.ts';
import type { Gap } from '../model/gap.ts';
import type { Report } from '../model/report.ts';
import type { Remembered } from './finding.ts';

/**
 * True when this run proves that the target group no longer has the cause: it was read, its clients are served and the cause's
 * check gave an answer, or it is missing from a survey that read all target groups and saw something.
 */
export function isClear(targetGroupArn: string, finding: Remembered, report: Report): boolean {
  const [told] = finding.diagnoses;
  const { gaps } = report.coverage;
  if (isDark(told?.cluster ?? null, report)) return false;

  const group = report.groups.find((candidate) => candidate.targetGroupArn === targetGroupArn);
  if (group === undefined) return !gaps.some(hidesTargetGroups) && !isNothingSeen(report);
  if (group.served === 'unserved' || group.served === 'unknown') return false;
  return (
    group.read && !group.unknown.includes(told?.cause ?? '') && !gaps.some((gap) => hidesTarget(gap, targetGroupArn))
  );
}

/** True when this run could not look at the cluster as a whole. */
export const isDark = (cluster: string | null, { coverage }: Report): boolean =>
  coverage.gaps.some((gap) => hidesCluster(gap, cluster));

/**
 * A gap that leaves a cluster in the dark as a whole. A refusal that stands on another slice does not: the checks that
 * need the slice are then unknown by name.
 */
function hidesCluster({ slice, scope, reason }: Gap, cluster: string | null): boolean {
  if (scope.kind !== 'cluster') return slice === 'clusters';
  if (scope.name !== cluster) return false;
  return slice === 'clusters' || slice === 'services' || (reason !== 'denied' && reason !== 'not-requested');
}

/** A gap because of which a target group may be missing from the report though it exists. */
const hidesTargetGroups = ({ slice, scope }: Gap): boolean =>
  scope.kind === 'all' && (slice === 'targetGroups' || slice === 'loadBalancers');

/** A gap about single targets: checks answer for the others, so none of them is unknown by name. */
const hidesTarget = ({ scope }: Gap, targetGroupArn: string): boolean =>
  scope.kind === 'target' && scope.targetGroupArn === targetGroupArn;
