import { inOrder, placeOf } from '../../diagnosis/diagnoses.ts';
import { sayFilter } from '../../diagnosis/filter-report.ts';
import { groupsIn, isNothingJudged, runVerdict } from '../../diagnosis/run-verdict.ts';
import { alarms, wrongVerdicts } from '../../model/diagnosis.ts';
import type { GroupSummary, Report } from '../../model/report.ts';
import { incidentKeyOf } from '../../notification/incident.ts';

/**
 * The whole report in one line: a cause counts once in a cluster, however many Services it hits. It never takes a part for the
 * whole, and never says that nothing is wrong where clients are not served or nothing was judged.
 */
export function verdictLine(report: Report): string {
  const { diagnoses, run, coverage, filter } = report;
  const wrong = inOrder(diagnoses, ...wrongVerdicts);
  const places = new Set(wrong.map(placeOf)).size;
  const causes = new Set(wrong.map(({ fingerprint }) => incidentKeyOf(fingerprint))).size;
  const part = sayFilter(filter);
  const within = part === '' ? '' : ` (only ${part})`;
  const rest = run.complete ? '' : '; not everything could be read';
  if (wrong.length > 0)
    return `${causes} cause${causes === 1 ? '' : 's'} on ${countOf(places, 'Service', 'Services')}${within}${rest}`;
  if (isNothingJudged(report)) {
    const seen = coverage.clusters.seen === 0 ? 'no cluster and no target group' : 'no target group';
    return `Nothing judged: ${seen} in ${run.region} of account ${run.account || 'unknown'}${within}${rest}`;
  }
  if (report.groups.length === 0)
    return `No target group${within} in ${countOf(coverage.clusters.seen, 'cluster', 'clusters')} of ${run.region}`;
  const unserved = groupsIn(report, 'unserved');
  if (unserved.length > 0) return `${ofServices(unserved, 'is', 'are')} not served, cause not shown${within}${rest}`;
  const unknown = groupsIn(report, 'unknown');
  if (unknown.length > 0) return `Not known whether ${ofServices(unknown, 'is', 'are')} served${within}${rest}`;

  const excused = groupsIn(report, 'excused');
  if (excused.length > 0)
    return `No cause found${within}; ${ofServices(excused, 'has', 'have')} no healthy target, as expected for now${rest}`;
  const empty = new Set(diagnoses.filter(alarms).map(placeOf)).size;
  const but =
    empty === 0 ? '' : `, but ${countOf(empty, 'Service has', 'Services have')} a zone without a healthy target`;
  return runVerdict(report) === 'well'
    ? `Nothing wrong${within}${but}`
    : `Nothing wrong in what could be read${within}${but}; not everything could`;
}

const countOf = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

function ofServices(groups: GroupSummary[], one: string, many: string): string {
  const places = new Set(
    groups.map(({ cluster, namespace, service, name }) =>
      service === null ? name : [cluster, namespace, service].join(),
    ),
  ).size;
  return countOf(places, `Service ${one}`, `Services ${many}`);
}
