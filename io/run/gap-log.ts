import type { Gap } from '../../core/model/gap.ts';
import { kindsOfGaps } from '../../core/render/gap-kinds.ts';
import { log } from '../log.ts';

/** Logs what could not be read: one line for each kind, with the number of gaps and the first of them. */
export function logGaps(runId: string, gaps: Gap[]): void {
  for (const { example, gaps: alike } of kindsOfGaps(gaps)) {
    const count = alike.reduce((sum, { scope }) => sum + (scope.kind === 'target-groups' ? scope.count : 1), 0);
    log('warn', 'not read', { runId, count, gap: example });
  }
}
