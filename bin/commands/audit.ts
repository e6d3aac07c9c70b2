import { assess } from '../../core/diagnosis/assess.ts';
import { writeFacts } from '../../io/reports/facts-file.ts';
import { exitCodeOf } from '../exit.ts';
import { type JudgingOptions, judgingOf } from '../judging.ts';
import { type LookOptions, look } from '../look.ts';
import { type NarrowOptions, narrow } from '../narrow.ts';
import { type PrintOptions, print } from '../print.ts';

export interface AuditOptions extends PrintOptions, LookOptions, NarrowOptions, JudgingOptions {
  saveFacts?: string;
}

/** The whole line, once: observe, assess, print. */
export async function audit(options: AuditOptions): Promise<void> {
  const judging = judgingOf(options);
  const observation = await look(options);
  if (options.saveFacts !== undefined) writeFacts(options.saveFacts, { schemaVersion: 1, ...observation });
  const report = narrow(assess(observation, judging).report, options);
  print(report, options);
  process.exitCode = exitCodeOf(report);
}
