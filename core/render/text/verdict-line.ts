import { inOrder, placeOf } from '../../diagnosis/diagnoses.ts';
import { formatFilter } from '../../diagnosis/filter-report.ts';
import { groupsIn, isNothingJudged, runVerdict } from '../../diagnosis/run-verdict.ts';
import {
  type Diagnosis,
  hasRecovered,
  leavesNoneHealthy,
  leavesZoneEmpty,
  wrongVerdicts,
} from '../../model/diagnosis.ts';
import { incidentKeyOf } from '../../model/fingerprint.ts';
import type { GroupSummary, Report } from '../../model/report.ts';

/**
 * The whole report in one line: a cause counts once in a cluster, however many Services it hits. It never takes a part for the
 * whole, and never says that nothing is wrong where clients are not served or nothing was judged.
 */
export function verdictLine(report: Report): string {
  const { diagnoses, run, coverage, filter } = report;
  const wrong = inOrder(diagnoses, ...wrongVerdicts);
  const places = new Set(wrong.map(placeOf)).size;
  const part = formatFilter(filter);
  const within = part === '' ? '' : ` (only ${part})`;
  const rest = run.complete ? '' : '; not everything could be read';
  if (wrong.length > 0) return `${countOfCauses(wrong)} on ${countOf(places, 'Service', 'Services')}${within}${rest}`;
  if (isNothingJudged(report)) {
    const seen = coverage.clusters.seen === 0 ? 'no cluster and no target group' : 'no target group';
    return `Nothing judged: ${seen} in ${run.region} of account ${run.account || 'unknown'}${within}${rest}`;
  }
  if (report.groups.length === 0)
    return `No target group${within} in ${countOf(coverage.clusters.seen, 'cluster', 'clusters')} of ${run.region}`;
  const unserved = placesOf(groupsIn(report, 'unserved'));
  if (unserved.size > 0)
    return `${countOf(unserved.size, 'Service is', 'Services are')} not served, cause not shown${within}${rest}`;
  const unknown = placesOf(groupsIn(report, 'unknown'));
  if (unknown.size > 0)
    return `Not known whether ${countOf(unknown.size, 'Service is', 'Services are')} served${within}${rest}`;

  const excused = placesOf(groupsIn(report, 'excused'));
  const none = excused.union(placesOf(diagnoses.filter(leavesNoneHealthy)));
  const zone = placesOf(diagnoses.filter(leavesZoneEmpty)).difference(none);
  const recovered = placesOf(diagnoses.filter(hasRecovered)).difference(none).difference(zone);
  const parts = [
    ...(none.size > 0 ? [`${countOf(none.size, 'Service has', 'Services have')} no healthy target, as expected`] : []),
    ...(zone.size > 0 ? [`${countOf(zone.size, 'Service has', 'Services have')} a zone without a healthy target`] : []),
    ...(recovered.size > 0 ? [`${countOf(recovered.size, 'Service', 'Services')} failed between two runs`] : []),
  ];
  const but = parts.length === 0 ? '' : `, but ${parts.join(' and ')}`;
  if (none.size > 0) return `No cause found${within}${but}${rest}`;
  if (coverage.clusters.audited === 0) {
    const { seen } = coverage.clusters;
    const why =
      seen === 0 ? 'no cluster is known here' : `none of ${countOf(seen, 'cluster', 'clusters')} could be read`;
    return `No cause found by what AWS reports${within}${but}; ${why}${rest}`;
  }
  return runVerdict(report) === 'well'
    ? `Nothing wrong${within}${but}`
    : `Nothing wrong in what could be read${within}${but}; not everything could`;
}

/** `5 causes`, or `125 causes of 5 kinds` where several clusters share them. */
function countOfCauses(wrong: Diagnosis[]): string {
  const causes = new Set(wrong.map(({ fingerprint }) => incidentKeyOf(fingerprint))).size;
  const kinds = new Set(wrong.map(({ cause }) => cause)).size;
  return `${countOf(causes, 'cause', 'causes')}${kinds < causes ? ` of ${countOf(kinds, 'kind', 'kinds')}` : ''}`;
}

const countOf = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

const placesOf = (those: (GroupSummary | Diagnosis)[]): Set<string> => new Set(those.map(placeOf));
