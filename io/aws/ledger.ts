import { UserError } from '../../config/user-error.ts';
import type { Gap, GapReason, GapScope } from '../../core/model/gap.ts';
import { compareText } from '../../core/model/target-group-context.ts';
import { misconfiguration, remedyOnThisMachine } from '../misconfiguration.ts';
import { bugOf, refusalOf, standsForAll } from './refusal.ts';

/** One read: the call that it needs, and what stays hidden when that is refused. */
export interface Reading {
  /** IAM action or Kubernetes verb and resource. */
  action: string;
  hides: readonly { slice: Gap['slice']; scope: GapScope }[];
}

/** Keeps the account of what could not be read. */
export interface Ledger {
  /**
   * The answer of `run`, or `otherwise` and a gap when the world refuses or the reading of its answer fails. Thrown on is only
   * what the caller has to set right, and what hides nothing.
   */
  read<T>(reading: Reading, otherwise: T, run: () => Promise<T>): Promise<T>;
  /** What was refused so far, each once, in an order that does not depend on which answer came first. */
  gaps(): Gap[];
}

/** What to grant or change, by reason and action. */
export type Remedy = (reason: GapReason, action: string) => string;

/** Starts an empty ledger; a read that fails after `signal` has aborted ran out of time. */
export function ledger(remedy: Remedy, signal: AbortSignal): Ledger {
  const gaps = new Map<string, Gap>();

  return {
    async read({ action, hides }, otherwise, run) {
      try {
        return await run();
      } catch (error) {
        const refused = refusalOf(error, signal);
        if (refused === undefined && (hides.length === 0 || isOfCaller(error))) throw error;
        const refusal = refused ?? bugOf(error);
        // Credentials that expire while the run goes on, or a clock that is wrong, are no matter of permissions.
        const ofCaller = remedyOnThisMachine(error);
        const wholesale = refusal.reason === 'denied' && standsForAll(action);
        for (const { slice, scope: wanted } of hides) {
          const scope: GapScope = wholesale ? { kind: 'all' } : wanted;
          const key = JSON.stringify([action, slice, scope]);
          if (gaps.has(key)) continue;
          gaps.set(key, { slice, scope, action, ...refusal, remedy: ofCaller ?? remedy(refusal.reason, action) });
        }
        return otherwise;
      }
    },
    gaps: () => [...gaps].toSorted(([a], [b]) => compareText(a, b)).map(([, gap]) => gap),
  };
}

const isOfCaller = (error: unknown): boolean => error instanceof UserError || misconfiguration(error) !== undefined;
