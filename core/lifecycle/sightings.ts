import { alarms } from '../model/diagnosis.ts';
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';

/** When the open findings were last seen, kept apart from them so that what stays as it is needs no write. */
export interface Sightings {
  /** RFC 3339: when most of them were. */
  at: string;
  /** Fingerprint and moment of the others. */
  others: [string, string][];
}

/** Findings after this report, of which the open ones that it tells of were seen at that moment. */
export function sightedIn(findings: Finding[], report: Report, at: string): Finding[] {
  const seen = new Set(report.diagnoses.filter(alarms).map(({ fingerprint }) => fingerprint));
  return findings.map((finding) =>
    finding.status === 'open' && seen.has(finding.fingerprint) && finding.lastSeenAt < at
      ? { ...finding, lastSeenAt: at }
      : finding,
  );
}

/** When each open finding was last seen; `null` where none is open. */
export function sightingsOf(findings: Finding[]): Sightings | null {
  const open = findings.filter(({ status }) => status === 'open');
  const moments = [...Map.groupBy(open, ({ lastSeenAt }) => lastSeenAt)];
  const [most] = moments.toSorted(([a, one], [b, other]) => other.length - one.length || (a < b ? 1 : -1));
  if (most === undefined) return null;
  const [at] = most;
  return {
    at,
    others: open.flatMap(({ fingerprint, lastSeenAt }) => (lastSeenAt === at ? [] : [[fingerprint, lastSeenAt]])),
  };
}

/** Open findings with the moment at which they were last seen. One that was written later than the sightings knows better. */
export function withSightings(findings: Finding[], { at, others }: Sightings): Finding[] {
  const momentOf = new Map(others);
  return findings.map((finding) => {
    const moment = momentOf.get(finding.fingerprint) ?? at;
    return finding.status === 'open' && finding.lastSeenAt < moment ? { ...finding, lastSeenAt: moment } : finding;
  });
}
