import { NotHere } from '../config/user-error.ts';
import { filterReport } from '../core/diagnosis/filter-report.ts';
import type { ServiceScope } from '../core/model/inventory.ts';
import type { GroupSummary, Report, ReportFilter } from '../core/model/report.ts';
import type { Severity } from '../core/model/severity.ts';
import { compareText } from '../core/model/target-group-context.ts';
import { suggest } from './suggest.ts';

export interface FilterOptions {
  namespace?: string[];
  service?: string[];
  check?: string[];
  severity?: Severity;
}

/** The part of the report that was requested. A name that no target group serves is a UserError, not a green report. */
export function filtered(report: Report, { namespace, service, check, severity }: FilterOptions): Report {
  for (const name of namespace ?? []) refuseNamespace(name, report);
  for (const name of service ?? []) refuseService(name, namespace, report);
  const filter: ReportFilter = {
    ...(namespace && { namespaces: namespace }),
    ...(service && { services: service }),
    ...(check && { checks: check }),
    ...(severity && { severity }),
  };
  return filterReport(report, filter);
}

function refuseNamespace(wanted: string, report: Report): void {
  const known = namesOf(report.groups, ({ namespace }) => namespace);
  if (known.includes(wanted)) return;
  throw new NotHere(
    `no target group serves the namespace "${wanted}"; those that have one: ${listed(known)}.${suggest(wanted, known)}${unread(report)}`,
  );
}

/** A Service counts only in one of the namespaces given: the same name elsewhere is another Service. */
function refuseService(wanted: string, namespaces: string[] | undefined, report: Report): void {
  const inPlace = report.groups.filter(
    ({ namespace }) => namespaces === undefined || (namespace !== null && namespaces.includes(namespace)),
  );
  const here = namesOf(inPlace, ({ service }) => service);
  if (here.includes(wanted)) return;
  const elsewhere = namesOf(report.groups, (each) => (each.service === wanted ? placed(each) : null));
  if (namespaces !== undefined && elsewhere.length > 0) {
    const missing = namespaces.map((namespace) => `${namespace}/${wanted}`).join(' or ');
    throw new NotHere(`no target group serves a Service ${missing}; there is ${listed(elsewhere)}.`);
  }
  throw new NotHere(
    `no target group serves the Service "${wanted}"; those that have one: ${listed(here)}.${suggest(wanted, here)}${unread(report)}`,
  );
}

const placed = ({ namespace, service }: GroupSummary): string => `${namespace}/${service}`;

const namesOf = (groups: GroupSummary[], nameOf: (group: GroupSummary) => string | null): string[] =>
  [...new Set(groups.flatMap((group) => nameOf(group) ?? []))].toSorted(compareText);

const mostListed = 20;

function listed(names: string[]): string {
  if (names.length === 0) return 'none';
  const rest = names.length > mostListed ? ` and ${names.length - mostListed} more` : '';
  return names.slice(0, mostListed).join(', ') + rest;
}

const unread = ({ run }: Report): string =>
  run.complete ? '' : ' Not everything could be read: `nlb-auditor doctor` shows what is missing.';

/** The Services that the options name, for a run that reads no others; undefined where they name none. */
export function serviceScope({ namespace, service }: FilterOptions): ServiceScope | undefined {
  if (namespace === undefined && service === undefined) return undefined;
  return { ...(namespace && { namespaces: namespace }), ...(service && { services: service }) };
}
