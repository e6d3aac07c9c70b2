import { type Diagnosis, isWrong } from '../model/diagnosis.ts';
import type { Finding } from '../model/finding.ts';
import type { Moment, Report } from '../model/report.ts';
import { coverageOf } from './coverage.ts';

/** The latest of these reports, given oldest first, with when each finding opened and resolved on the way to it. */
export function withHistory(latest: Report, earlier: readonly Report[]): Report {
  if (earlier.length === 0) return latest;
  const open = new Map<string, Diagnosis[]>();
  const history: Record<string, Moment[]> = {};
  const note = (fingerprint: string, moment: Moment): void => {
    history[fingerprint] = [...(history[fingerprint] ?? []), moment];
  };
  for (const report of [...earlier, latest]) {
    const at = report.run.finishedAt;
    const { isClear } = coverageOf(report);
    const alarming = report.diagnoses.filter(isWrong);
    const seen = Map.groupBy(alarming, ({ fingerprint }) => fingerprint);
    for (const [fingerprint, before] of open) {
      if (seen.has(fingerprint) || !before.every(isClear)) continue;
      open.delete(fingerprint);
      note(fingerprint, { at, transition: 'resolved' });
    }
    for (const [fingerprint, diagnoses] of seen) {
      if (!open.has(fingerprint)) note(fingerprint, { at, transition: 'opened' });
      open.set(fingerprint, diagnoses);
    }
  }
  return { ...latest, history };
}

/** The report with the history of each of its findings, as memory has it after the run. */
export function withMemory(report: Report, findings: Finding[]): Report {
  const here = new Set(report.diagnoses.map(({ fingerprint }) => fingerprint));
  const known = findings.filter(({ fingerprint, episode }) => episode > 0 && here.has(fingerprint));
  return { ...report, history: Object.fromEntries(known.map((finding) => [finding.fingerprint, momentsOf(finding)])) };
}

const momentsOf = ({ past, openedAt, status }: Finding): Moment[] => [
  ...past.flatMap((episode): Moment[] => [
    { at: episode.openedAt, transition: 'opened' },
    { at: episode.resolvedAt, transition: 'resolved' },
  ]),
  ...(status === 'open' ? [{ at: openedAt, transition: 'opened' } as const] : []),
];
