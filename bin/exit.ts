import { runVerdict } from '../core/diagnosis/run-verdict.ts';
import type { Report } from '../core/report.ts';

/** Exit codes of the command line; with findings and gaps the findings decide. */
export const exit = { nothingWrong: 0, causesFound: 1, usage: 2, incomplete: 3, bug: 70 } as const;

/** By what a report may claim. */
export const exitCodes = { wrong: exit.causesFound, unread: exit.incomplete, well: exit.nothingWrong } as const;

/** The exit code that a report deserves. */
export const exitCodeOf = (report: Report): number => exitCodes[runVerdict(report)];
