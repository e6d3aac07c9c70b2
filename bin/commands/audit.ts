import { assess } from '../../core/diagnosis/assess.ts';
import { exitCodeOf } from '../exit.ts';
import { type FilterOptions, filtered, serviceScope } from '../filtered.ts';
import { type JudgingOptions, judgingOf } from '../judging.ts';
import { keepFacts } from '../keep-facts.ts';
import { type ObserveOptions, observeAccount } from '../observe-account.ts';
import { type PrintOptions, print } from '../print.ts';

export interface AuditOptions extends PrintOptions, ObserveOptions, FilterOptions, JudgingOptions {
  saveFacts?: string;
}

/** The whole line, once: observe, assess, print. */
export async function audit(options: AuditOptions): Promise<void> {
  const judging = judgingOf(options);
  const services = serviceScope(options);
  const observation = await observeAccount({ ...options, ...(services && { services }) });
  const report = filtered(assess(observation, judging).report, options);
  try {
    print(report, options);
  } finally {
    if (options.saveFacts !== undefined) keepFacts(options.saveFacts, { schemaVersion: 1, ...observation });
  }
  process.exitCode = exitCodeOf(report);
}
