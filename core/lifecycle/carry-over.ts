import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { isDark } from './coverage.ts';

/**
 * The report with the last verdict, and its age, on what this run did not read: the diagnoses of open findings about target
 * groups that are unread or whose cluster could not be read, unless the run has them itself. A known cause stands in place of
 * what the run could not explain without that reading.
 */
export function withLastVerdicts(report: Report, findings: Finding[]): Report {
  const keyOf = ({ fingerprint, targetGroupArn }: { fingerprint: string; targetGroupArn: string }): string =>
    `${fingerprint} ${targetGroupArn}`;
  const here = new Set(report.diagnoses.map(keyOf));
  const unread = new Set(
    report.groups
      .filter(({ read, cluster }) => !read || (cluster !== null && isDark(cluster, report)))
      .map(({ targetGroupArn }) => targetGroupArn),
  );
  const carried = findings
    .filter(({ status }) => status === 'open')
    .flatMap(({ diagnoses, lastSeenAt }) =>
      diagnoses
        .filter((diagnosis) => unread.has(diagnosis.targetGroupArn) && !here.has(keyOf(diagnosis)))
        .map((diagnosis) => ({ ...diagnosis, asOf: lastSeenAt })),
    );
  if (carried.length === 0) return report;
  const known = new Set(carried.flatMap(({ cause, targetGroupArn }) => (cause === null ? [] : targetGroupArn)));
  const own = report.diagnoses.filter(
    ({ verdict, targetGroupArn }) => verdict !== 'unexplained' || !known.has(targetGroupArn),
  );
  return { ...report, diagnoses: [...own, ...carried] };
}
