import { UserError } from '../../config/user-error.ts';
import { assess } from '../../core/diagnosis/assess.ts';
import { withHistory } from '../../core/lifecycle/timeline.ts';
import { readFacts } from '../../io/reports/facts-file.ts';
import { exitCodeOf } from '../exit.ts';
import { type FilterOptions, filtered } from '../filtered.ts';
import { type JudgingOptions, judgingOf } from '../judging.ts';
import { type PrintOptions, print } from '../print.ts';

/** Judges facts files again and prints the report of the latest; earlier ones give it its history. */
export function examineFiles(paths: string[], options: PrintOptions & FilterOptions & JudgingOptions): void {
  const judging = judgingOf(options);
  ofFiles(paths, () => {
    const reports = paths
      .map(readFacts)
      .map((observation) => assess(observation, judging).report)
      .toSorted((a, b) => Date.parse(a.run.finishedAt) - Date.parse(b.run.finishedAt));
    const latest = reports.pop();
    if (latest === undefined) return;
    const report = filtered(withHistory(latest, reports), options);
    print(report, options);
    process.exitCode = exitCodeOf(report);
  });
}

/** Runs `act`, which judges these files. Throws a UserError where one of them holds what no run writes. */
export function ofFiles<Result>(paths: string[], act: () => Result): Result {
  try {
    return act();
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(
      `${paths.join(', ')} could not be judged: ${reason}; collect the facts again. If no one has changed the file since it was written, this is a bug: please report it.`,
      { cause },
    );
  }
}
