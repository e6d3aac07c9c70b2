import type { Report } from '../core/model/report.ts';

/** Exit codes of the command line; with findings and gaps the findings decide, and a bug of the auditor over both. */
export const exit = { nothingWrong: 0, causesFound: 1, usage: 2, incomplete: 3, bug: 70 } as const;

/** The exit code that a report deserves. */
export function exitCodeOf({ diagnoses, run, coverage }: Report): number {
  if (coverage.gaps.some(({ reason }) => reason === 'bug')) return exit.bug;
  if (diagnoses.some(({ verdict }) => verdict === 'unhealthy' || verdict === 'unexplained')) return exit.causesFound;
  return run.complete ? exit.nothingWrong : exit.incomplete;
}
