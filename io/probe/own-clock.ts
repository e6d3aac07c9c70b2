/** Milliseconds that count for targets: those in which this process was there to see them answer. */
export interface OwnClock {
  /** Milliseconds since the clock opened, without those by which this process was late. */
  now(): number;
  /** Is called at every tick with the milliseconds by which it came late. */
  onTick(listener: (lateMs: number) => void): void;
  close(): void;
}

/** Milliseconds between ticks. */
const tickMs = 20;

/** Milliseconds by which a tick may be late before the rest of its delay no longer counts: the work of one turn of the loop. */
const graceMs = 20;

/**
 * A clock that stands still while the event loop is busy or the process gets no processor. Deadlines by it cannot be
 * missed because of this machine: answers that arrived meanwhile are handled before the next tick, as libuv runs timers
 * after it has polled (Node.js 20 and later).
 */
export function openOwnClock(): OwnClock {
  const listeners: ((lateMs: number) => void)[] = [];
  let counted = 0;
  let lastTick = performance.now();
  const since = (wall: number): number => Math.min(wall - lastTick, tickMs + graceMs);
  const ticking = setInterval(() => {
    const wall = performance.now();
    const lateMs = wall - lastTick - tickMs;
    counted += since(wall);
    lastTick = wall;
    for (const listener of listeners) listener(lateMs);
  }, tickMs);
  return {
    now: () => counted + since(performance.now()),
    onTick: (listener) => void listeners.push(listener),
    close: () => clearInterval(ticking),
  };
}
