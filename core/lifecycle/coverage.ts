import { isNothingSeen } from '../diagnosis/run-verdict.ts';
import { type Diagnosis, isWrong } from '../model/diagnosis.ts';
import type { Gap } from '../model/gap.ts';
import { isUnnamed } from '../model/lost/in-place.ts';
import type { Report } from '../model/report.ts';

/** One cause at one target group. */
export type Occurrence = Pick<Diagnosis, 'targetGroupArn' | 'cluster' | 'cause'>;

/** About what a run can give an answer; prepared once for a report, each question then takes constant time. */
export interface Coverage {
  /**
   * True when this run proves that the target group no longer has the cause: it was read, its clients are served, it lacks no
   * ready endpoint and the cause's check gave an answer, or it is missing from a survey that read all target groups and saw something.
   */
  isClear(observation: Occurrence): boolean;
  /** True when this run could not look at the cluster as a whole. */
  isDark(cluster: string | null): boolean;
  /** Checks that gave no answer about the target group. */
  unknownAt(targetGroupArn: string): string[];
}

/** What this report covers: the one rule by which the store, `--watch` and `examine` with several files call anything resolved. */
export function coverageOf(report: Report): Coverage {
  const { gaps } = report.coverage;
  const groups = new Map(report.groups.map((group) => [group.targetGroupArn, group]));
  const halfProbed = new Set(gaps.flatMap(({ scope }) => (scope.kind === 'target' ? scope.targetGroupArn : [])));
  const areGroupsHidden = isNothingSeen(report) || gaps.some(hidesTargetGroups);
  const isPartial = gaps.some(({ scope }) => scope.kind === 'target-groups');
  const lacking = new Set(
    report.diagnoses.flatMap((each) => (isWrong(each) && each.missing !== undefined ? each.targetGroupArn : [])),
  );
  const dark = new Map<string | null, boolean>();

  function isDarkHere(cluster: string | null): boolean {
    const known = dark.get(cluster) ?? isDark(cluster, report);
    dark.set(cluster, known);
    return known;
  }

  return {
    isDark: isDarkHere,
    isClear({ targetGroupArn, cluster, cause }) {
      if (isDarkHere(cluster)) return false;
      const group = groups.get(targetGroupArn);
      if (group === undefined) return !areGroupsHidden && !(isPartial && isUnnamed(targetGroupArn));
      if (group.served === 'unserved' || group.served === 'unknown' || lacking.has(targetGroupArn)) return false;
      // Checks answer for the targets that were probed, so none of them is unknown by name.
      return group.read && !group.unknown.includes(cause ?? '') && !halfProbed.has(targetGroupArn);
    },
    unknownAt: (targetGroupArn) => groups.get(targetGroupArn)?.unknown ?? [],
  };
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
