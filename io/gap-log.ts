import type { Gap } from '../core/model/gap.ts';
import { kindsOfGaps } from '../core/model/gap-kinds.ts';
import { log } from './log.ts';

/** Logs what could not be read: one line for each kind, with the number of gaps and the first of them. */
export function logGaps(runId: string, gaps: Gap[]): void {
  for (const { example, gaps: alike } of kindsOfGaps(gaps)) {
    const count = alike.reduce((sum, { scope }) => sum + (scope.kind === 'several' ? scope.count : 1), 0);
    const scope = example.scope.kind === 'several' ? { ...example.scope, targetGroupArns: [] } : example.scope;
    log('warn', 'not read', { runId, count, gap: { ...example, scope } });
  }
}
