import { randomBytes } from 'node:crypto';
import type { FactsFile } from '../../io/reports/facts-file.ts';
import { redactFile } from '../../io/reports/redact-file.ts';
import { keepFacts } from '../keep-facts.ts';
import { type ObserveOptions, observeAccount } from '../observe-account.ts';
import { sayAside } from '../say.ts';

export interface CollectOptions extends ObserveOptions {
  redact?: boolean;
  /** Equal keys give equal substitutes. */
  redactKey?: string;
}

/** Looks once and writes what was seen to a file, without judging it. */
export async function collectFacts(path: string, { redact, redactKey, ...options }: CollectOptions): Promise<void> {
  const observation = await observeAccount(options);
  const file: FactsFile = { schemaVersion: 1, ...observation };
  const isRedacted = redact === true || redactKey !== undefined;
  keepFacts(path, isRedacted ? redactFile(file, redactKey ?? randomBytes(32).toString('hex')) : file);
  const groups = observation.facts.reduce((sum, { slices }) => sum + slices.targetGroups.length, 0);
  sayAside(
    `${isRedacted ? 'redacted ' : ''}facts of ${groups} target groups written to ${path}; \`nlb-auditor examine ${path}\` judges them`,
  );
}
