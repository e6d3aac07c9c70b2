import type { Finding } from '../model/finding.ts';
import { severities, worstOf } from '../model/severity.ts';
import { compareText } from '../model/target-group-context.ts';
import { type Incident, serviceOfFinding } from './incident.ts';
import { causesOf, mergedCauses, type SummaryCause } from './summary-cause.ts';
import type { SummaryLine } from './summary-line.ts';

/** Many incidents at a glance. */
export interface Summary {
  /** `first` = of the first run, `many` = more at once than are told one by one, `digest` = of a day or a week. */
  kind: 'first' | 'many' | 'digest';
  /** The worst first; at most 40. */
  lines: SummaryLine[];
  /** Incidents that have no line. */
  more: number;
  /** Every cause once, with its incidents counted, those without a line too; absent where a route chose among the lines. */
  causes?: SummaryCause[];
  /** Open incidents now, and at the last digest. */
  open: number;
  openBefore: number | null;
  /** Since the last digest; `null` outside of a digest. */
  opened: number | null;
  resolved: number | null;
  /** Incidents that came back most often. */
  offenders: { key: string; episodes: number }[];
  /** Services that somebody muted. */
  muted: number;
}

/** An incident with the findings that it is made of. */
export interface Case {
  incident: Incident;
  findings: Finding[];
}

const mostLines = 40;
const mostServices = 5;
const mostOffenders = 5;
const longestTitle = 200;

/** One line for each incident, the worst first; counts what has none, and all of them by cause. */
export function summaryLines(cases: Case[]): Pick<Summary, 'lines' | 'more' | 'causes'> {
  const lines = cases.map(lineOf).toSorted(byWeight);
  return {
    lines: lines.slice(0, mostLines),
    more: Math.max(0, lines.length - mostLines),
    causes: causesOf(lines),
  };
}

/** A summary that also tells what an earlier one tells that not everybody has; a digest tells all of it already. */
export function withUnsent(next: Summary, unsent: Summary | undefined): Summary {
  if (next.kind === 'digest' || unsent === undefined) return next;
  const listed = new Set(next.lines.map(({ key }) => key));
  const lines = [...next.lines, ...unsent.lines.filter(({ key }) => !listed.has(key))];
  return {
    ...next,
    lines: lines.slice(0, mostLines),
    more: next.more + unsent.more + Math.max(0, lines.length - mostLines),
    causes: mergedCauses(next.causes ?? causesOf(next.lines), unsent.causes ?? causesOf(unsent.lines)),
  };
}

/** Incidents that were open more than once, the most often first. */
export const offendersOf = (incidents: Incident[]): Summary['offenders'] =>
  incidents
    .filter(({ episode }) => episode > 1)
    .toSorted((a, b) => b.episode - a.episode || compareText(a.key, b.key))
    .slice(0, mostOffenders)
    .map(({ key, episode }) => ({ key, episodes: episode }));

function lineOf({ incident, findings }: Case): SummaryLine {
  const diagnoses = findings.flatMap((finding) => finding.diagnoses);
  const [first] = diagnoses;
  const services = [...new Set(findings.map(serviceOfFinding))].toSorted(compareText);
  const teams = new Set(diagnoses.flatMap(({ team }) => team ?? []));
  return {
    key: incident.key,
    severity: worstOf(diagnoses),
    title: [...(first?.title ?? incident.key)].slice(0, longestTitle).join(''),
    cluster: first?.cluster ?? null,
    services: services.slice(0, mostServices),
    moreServices: Math.max(0, services.length - mostServices),
    ...(teams.size > 0 && { teams: [...teams].toSorted(compareText) }),
    openedAt: incident.openedAt,
  };
}

const byWeight = (a: SummaryLine, b: SummaryLine): number =>
  severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
  b.services.length + b.moreServices - (a.services.length + a.moreServices) ||
  compareText(a.key, b.key);
