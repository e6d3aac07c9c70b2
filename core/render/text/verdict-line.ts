import { inOrder, placeOf } from '../../diagnosis/diagnoses.ts';
import { formatFilter } from '../../diagnosis/filter-report.ts';
import { alarms } from '../../model/diagnosis.ts';
import type { Report } from '../../model/report.ts';
import { incidentKeyOf } from '../../notification/incident.ts';

/** The whole report in one line: a cause counts once in a cluster, however many Services it hits. It never takes a part for the whole. */
export function verdictLine({ diagnoses, run, filter }: Report): string {
  const wrong = inOrder(diagnoses, 'unhealthy', 'unexplained');
  const places = new Set(wrong.map(placeOf)).size;
  const causes = new Set(wrong.map(({ fingerprint }) => incidentKeyOf(fingerprint))).size;
  const part = formatFilter(filter);
  const within = part === '' ? '' : ` (only ${part})`;
  const found = `${causes} cause${causes === 1 ? '' : 's'} on ${places} Service${places === 1 ? '' : 's'}${within}`;
  if (wrong.length > 0) return run.complete ? found : `${found}; not everything could be read`;
  const empty = new Set(diagnoses.filter(alarms).map(placeOf)).size;
  const but =
    empty === 0 ? '' : `, but ${empty} Service${empty === 1 ? ' has' : 's have'} a zone without a healthy target`;
  return run.complete
    ? `Nothing wrong${within}${but}`
    : `Nothing wrong in what could be read${within}${but}; not everything could`;
}
