import { isWrong } from '../model/diagnosis.ts';
import type { GroupSummary, Report } from '../model/report.ts';
import type { ServedState } from '../model/served-state.ts';

/**
 * What a report as a whole may claim: `wrong` = a cause was found, or clients are not served; `unread` = nothing could be judged, or
 * not all of it; `well` = everything was read and every client is served, but for those that an expected state excuses.
 */
export type RunVerdict = 'wrong' | 'unread' | 'well';

/** The claim that headline, exit code, gate, JUnit and metrics share. */
export function runVerdict(report: Report): RunVerdict {
  if (report.diagnoses.some(isWrong) || groupsIn(report, 'unserved').length > 0) return 'wrong';
  const isSeen = report.run.complete && !isNothingJudged(report) && groupsIn(report, 'unknown').length === 0;
  return isSeen ? 'well' : 'unread';
}

/**
 * True for a report without any target group, unless clusters were seen and everything was read: wrong Region, wrong account,
 * expired credentials, or a part that nothing is in. Clusters that have no load balancer leave nothing to be judged.
 */
export const isNothingJudged = ({ groups, coverage, run, filter = {} }: Report): boolean =>
  groups.length === 0 &&
  (coverage.clusters.seen === 0 || !run.complete || filter.namespaces !== undefined || filter.services !== undefined);

/** True where neither a cluster nor a target group was seen: such a run says nothing about what earlier runs found. */
export const isNothingSeen = ({ coverage }: Pick<Report, 'coverage'>): boolean =>
  coverage.targetGroups.seen === 0 && coverage.clusters.seen === 0;

/** The target groups in one of these states; reports of earlier releases do not know them. */
export const groupsIn = ({ groups }: Pick<Report, 'groups'>, ...states: ServedState[]): GroupSummary[] =>
  groups.filter(({ served }) => served !== undefined && states.includes(served));
