import type { Gap } from '../core/gap.ts';
import { log } from './log.ts';

/** Logs what could not be read: one line for each action and reason, with their number and the first of them. */
export function logGaps(runId: string, gaps: Gap[]): void {
  const kinds = Map.groupBy(gaps, ({ action, reason, slice }) => `${action} ${reason} ${slice}`);
  for (const alike of kinds.values()) {
    const [first] = alike;
    if (first === undefined) continue;
    const count = alike.reduce((sum, { scope }) => sum + (scope.kind === 'several' ? scope.count : 1), 0);
    const scope = first.scope.kind === 'several' ? { ...first.scope, targetGroupArns: [] } : first.scope;
    log('warn', 'not read', { runId, count, gap: { ...first, scope } });
  }
}
