import type { OwnClock } from './own-clock.ts';

/** Milliseconds from the SYN to what this turn handles: it came no earlier, and no later, than that. */
export interface Reading {
  leastMs: number;
  mostMs: number;
}

/** Takes the time of one exchange, without what passed because this process was late. */
export interface Stopwatch {
  read(): Reading;
  /** The same at the end of a phase, when the peer begins to wait for this process: what it handles late is its own delay. */
  lap(): Reading;
  /** When so many milliseconds are over, by `performance.now()`. */
  momentOf(milliseconds: number): number;
  /** Milliseconds in which this process was not there. */
  ownDelayMs(): number;
}

/** Starts with the SYN. Every phase is wall time less the lateness of the turn that ends it. */
export function startStopwatch(clock: OwnClock): Stopwatch {
  const [start, ownStart] = [performance.now(), clock.now()];
  let excusedMs = 0;
  let phaseStart = start;
  const readAt = (now: number): Reading => {
    const mostMs = now - start - excusedMs;
    return { leastMs: mostMs - Math.min(clock.lateMs(), now - phaseStart), mostMs };
  };
  return {
    read: () => readAt(performance.now()),
    lap() {
      const now = performance.now();
      const reading = readAt(now);
      excusedMs += reading.mostMs - reading.leastMs;
      phaseStart = now;
      return reading;
    },
    momentOf: (milliseconds) => start + excusedMs + milliseconds,
    ownDelayMs: () => performance.now() - start - (clock.now() - ownStart),
  };
}
