import type { Diagnosis } from '../model/diagnosis.ts';
import type { Report, ReportFilter } from '../model/report.ts';
import { severities } from '../model/severity.ts';

/**
 * The part of a report that was asked for. Namespace and Service choose target groups and diagnoses, check and severity
 * diagnoses alone. Run and coverage stay those of the whole run, and the report carries the filter, so that nobody takes a part for
 * the whole. Without a filter the report comes back as it is.
 */
export function filterReport(report: Report, filter: ReportFilter): Report {
  if (Object.keys(filter).length === 0) return report;
  const { namespaces, services, checks, severity = 'info' } = filter;
  const isHere = ({ namespace, service }: { namespace: string | null; service: string | null }): boolean =>
    isAmong(namespaces, namespace) && isAmong(services, service);
  const isAbout = ({ cause, coCauses }: Diagnosis): boolean =>
    checks === undefined || [cause, ...coCauses].some((id) => isAmong(checks, id));
  const least = severities.indexOf(severity);
  return {
    ...report,
    groups: report.groups.filter(isHere),
    diagnoses: report.diagnoses.filter(
      (each) => isHere(each) && isAbout(each) && severities.indexOf(each.severity) <= least,
    ),
    filter,
  };
}

/** `namespace orders, severity medium or worse`; empty without a filter. */
export const formatFilter = ({ namespaces, services, checks, severity }: ReportFilter = {}): string =>
  [
    ...(namespaces === undefined ? [] : [`namespace ${namespaces.join(' or ')}`]),
    ...(services === undefined ? [] : [`Service ${services.join(' or ')}`]),
    ...(checks === undefined ? [] : [`check ${checks.join(' or ')}`]),
    ...(severity === undefined ? [] : [`severity ${severity}${severity === 'critical' ? '' : ' or worse'}`]),
  ].join(', ');

const isAmong = (names: string[] | undefined, name: string | null): boolean =>
  names === undefined || (name !== null && names.includes(name));
