import { UserError } from '../config/user-error.ts';
import { filterReport } from '../core/diagnosis/filter-report.ts';
import type { Report, ReportFilter } from '../core/model/report.ts';
import type { Severity } from '../core/model/severity.ts';

export interface FilterOptions {
  namespace?: string[];
  service?: string[];
  severity?: Severity;
}

/** The part of the report that was asked for. A name that no target group serves is a UserError, not a green report. */
export function filtered(report: Report, { namespace, service, severity }: FilterOptions): Report {
  refuseUnknown(report, 'namespace', namespace);
  refuseUnknown(report, 'service', service);
  const filter: ReportFilter = {
    ...(namespace && { namespaces: namespace }),
    ...(service && { services: service }),
    ...(severity && { severity }),
  };
  return filterReport(report, filter);
}

function refuseUnknown({ groups, run }: Report, field: 'namespace' | 'service', wanted: string[] = []): void {
  const known = new Set(groups.flatMap((group) => group[field] ?? []));
  const missing = wanted.find((name) => !known.has(name));
  if (missing === undefined) return;
  const noun = field === 'service' ? 'Service' : field;
  const names = [...known].toSorted().slice(0, 20).join(', ');
  const unread = run.complete ? '' : ' Not everything could be read: `nlb-auditor doctor` says what is missing.';
  throw new UserError(
    `no target group serves the ${noun} "${missing}"; those that have one: ${names || 'none'}.${unread}`,
  );
}
