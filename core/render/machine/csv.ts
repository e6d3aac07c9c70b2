import { observationsOf } from '../../diagnosis/diagnoses.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import type { Report } from '../../model/report.ts';
import { inert } from '../inert.ts';

const columns: Record<string, (diagnosis: Diagnosis) => string | number | null> = {
  verdict: ({ verdict }) => verdict,
  severity: ({ severity }) => severity,
  cause: ({ cause }) => cause,
  title: ({ title }) => title,
  confidence: ({ confidence }) => confidence,
  cluster: ({ cluster }) => cluster,
  namespace: ({ namespace }) => namespace,
  service: ({ service }) => service,
  targetGroupArn: ({ targetGroupArn }) => targetGroupArn,
  loadBalancerArn: ({ loadBalancerArn }) => loadBalancerArn,
  healthyTargets: ({ groupHealth }) => groupHealth.healthy,
  allTargets: ({ groupHealth }) => groupHealth.total,
  targets: ({ targets }) => targets.map(({ id, port }) => `${id}:${port}`).join(' '),
  saw: (diagnosis) => observationsOf(diagnosis).join('; '),
  expected: ({ evidence }) => evidence[0]?.expected ?? null,
  coCauses: ({ coCauses }) => coCauses.join(' '),
  notKnown: ({ unknown }) => unknown.map(({ check }) => check).join(' '),
  fix: ({ fix }) => fix.map(({ text }) => text).join(' '),
  command: ({ fix }) => fix[0]?.command ?? null,
  fingerprint: ({ fingerprint }) => fingerprint,
};

/** A row for every diagnosis, in the order of the report; RFC 4180, the first row names the columns. */
export function renderCsv(report: Report): string {
  const { diagnoses } = inert(report);
  const rows = diagnoses.map((diagnosis) => Object.values(columns).map((read) => cell(read(diagnosis) ?? '')));
  return [Object.keys(columns), ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

/** Text that a spreadsheet would run as a formula gets an apostrophe first (OWASP, "CSV Injection"). */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const inert = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
