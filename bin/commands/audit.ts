import { assess } from '../../core/diagnosis/assess.ts';
import type { Report } from '../../core/model/report.ts';
import type { FullObservation } from '../../io/observe.ts';
import { exitCodeOf } from '../exit.ts';
import { type FilterOptions, filtered, serviceScope } from '../filtered.ts';
import { type JudgingOptions, judgingOf } from '../judging.ts';
import { keepFacts } from '../keep-facts.ts';
import { type ObserveOptions, observeAccount } from '../observe-account.ts';
import { type PrintOptions, print } from '../print.ts';

export interface AuditOptions extends PrintOptions, ObserveOptions, FilterOptions, JudgingOptions {
  saveFacts?: string;
}

/** What one audit saw and made of it. */
export interface Audited {
  report: Report;
  observation: FullObservation;
}

/** The whole line, once: observe, assess, print. */
export async function audit(options: AuditOptions): Promise<void> {
  const audited = await look(options);
  keep(audited, options);
  process.exitCode = exitCodeOf(audited.report);
}

/** Observes and assesses. */
export async function look(options: AuditOptions): Promise<Audited> {
  const judging = judgingOf(options);
  const services = serviceScope(options);
  const observation = await observeAccount({ ...options, checks: judging.checks, ...(services && { services }) });
  return { report: filtered(assess(observation, judging).report, options), observation };
}

/** Prints the report, and keeps the facts where that is asked for, whatever becomes of the other. */
export function keep({ report, observation }: Audited, options: PrintOptions & { saveFacts?: string }): void {
  try {
    print(report, options);
  } finally {
    if (options.saveFacts !== undefined) keepFacts(options.saveFacts, { schemaVersion: 1, ...observation });
  }
}
