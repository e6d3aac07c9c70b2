import { runVerdict } from '../core/diagnosis/run-verdict.ts';
import type { Report } from '../core/model/report.ts';

/** Exit codes of the command line; with findings and gaps the findings decide, and a bug of the auditor over both. */
export const exit = { nothingWrong: 0, causesFound: 1, usage: 2, incomplete: 3, bug: 70 } as const;

/** By what a report may claim. */
export const exitCodes = { wrong: exit.causesFound, unread: exit.incomplete, well: exit.nothingWrong } as const;

/** The exit code that a report deserves. */
export function exitCodeOf(report: Report): number {
  if (report.coverage.gaps.some(({ reason }) => reason === 'bug')) return exit.bug;
  return exitCodes[runVerdict(report)];
}
