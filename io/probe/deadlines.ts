import type { OwnClock } from './own-clock.ts';

/** One exchange under way. */
export interface Pending {
  /** By `performance.now()`. */
  deadline: number;
  expire(): void;
  /** Ends it without an outcome. */
  cancel(): void;
}

/** The exchanges under way; each ends at its deadline, unless something came before it, or with the run. */
export interface Deadlines {
  add(pending: Pending): void;
  remove(pending: Pending): void;
}

/** One sweep at every tick for all exchanges and one listener for the end of the run, in place of timers for each. */
export function openDeadlines(clock: OwnClock, signal: AbortSignal): Deadlines {
  const pendings = new Set<Pending>();
  clock.onCaughtUp((until) => {
    for (const pending of pendings) if (pending.deadline <= until) pending.expire();
  });
  signal.addEventListener('abort', () => {
    for (const pending of pendings) pending.cancel();
  });
  return {
    add: (pending) => void pendings.add(pending),
    remove: (pending) => void pendings.delete(pending),
  };
}
