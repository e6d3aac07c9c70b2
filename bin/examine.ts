import { conclude } from '../core/conclude.ts';
import { readFacts } from '../io/facts-file.ts';
import { exitCodeOf } from './exit.ts';
import { type PrintOptions, print } from './print.ts';

/** Judges a facts file again and prints the report. */
export function examineFile(path: string, options: PrintOptions): void {
  const { run, inventory, facts } = readFacts(path);
  const report = conclude(run, inventory, facts);
  print(report, options);
  process.exitCode = exitCodeOf(report);
}
