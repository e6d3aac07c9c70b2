import type { Report } from '../core/report.ts';

/** Exit codes of the command line; with findings and gaps the findings decide. */
export const exit = { nothingWrong: 0, causesFound: 1, usage: 2, incomplete: 3, bug: 70 } as const;

/** The exit code that a report deserves. */
export function exitCodeOf({ diagnoses, run }: Report): number {
  if (diagnoses.some(({ verdict }) => verdict === 'unhealthy' || verdict === 'unexplained')) return exit.causesFound;
  return run.complete ? exit.nothingWrong : exit.incomplete;
}
