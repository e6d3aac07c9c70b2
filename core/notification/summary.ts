import type { Finding } from '../model/finding.ts';
import { type Severity, severities, worstOf } from '../model/severity.ts';
import { compareText } from '../model/target-group-context.ts';
import { type Incident, serviceOfFinding } from './incident.ts';

/** Many incidents at a glance. */
export interface Summary {
  /** `first` = of the first run, `many` = more at once than are told one by one, `digest` = of a day or a week. */
  kind: 'first' | 'many' | 'digest';
  /** The worst first; at most 40. */
  lines: SummaryLine[];
  /** Incidents that have no line. */
  more: number;
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

export interface SummaryLine {
  key: string;
  severity: Severity;
  title: string;
  cluster: string | null;
  /** `namespace/service`; the first five. */
  services: string[];
  moreServices: number;
  /** Values of the team label of its Services, where there are any. */
  teams?: string[];
  /** RFC 3339. */
  openedAt: string;
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

/** One line for each incident, the worst first; counts what has none. */
export function summaryLines(cases: Case[]): Pick<Summary, 'lines' | 'more'> {
  const lines = cases.map(lineOf).toSorted(byWeight);
  return { lines: lines.slice(0, mostLines), more: Math.max(0, lines.length - mostLines) };
}

/** A summary that also tells what an earlier one tells that not everybody has; a digest tells all of it already. */
export function withUnsent(next: Summary, unsent: Summary | undefined): Summary {
  if (next.kind === 'digest' || unsent === undefined) return next;
  const told = new Set(next.lines.map(({ key }) => key));
  const lines = [...next.lines, ...unsent.lines.filter(({ key }) => !told.has(key))];
  return {
    ...next,
    lines: lines.slice(0, mostLines),
    more: next.more + unsent.more + Math.max(0, lines.length - mostLines),
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
