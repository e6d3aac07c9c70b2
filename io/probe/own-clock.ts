/** Says how late this process is, so that its delays are not taken for those of targets. */
export interface OwnClock {
  /** Milliseconds since the clock opened, without those by which this process was late. */
  now(): number;
  /** Milliseconds by which the turn of the loop under way is late: what it handles may have come so much earlier. */
  lateMs(): number;
  /** Is called at every tick with the milliseconds by which it came late. */
  onTick(listener: (lateMs: number) => void): void;
  /** Is called after every tick, once everything has been handled that had come by then (`performance.now()`). */
  onCaughtUp(listener: (until: number) => void): void;
  close(): void;
}

/** Milliseconds between ticks. */
const tickMs = 20;

/** Milliseconds by which a tick may be late before the rest of its delay counts as one: the work of one turn of the loop. */
const graceMs = 20;

/**
 * A clock that stands still while the event loop is busy or the process gets no processor. libuv polls between timers and
 * immediates (Node.js 20 and later), so that an immediate of a tick comes after every answer that had arrived at the tick.
 */
export function openOwnClock(): OwnClock {
  const onTick: ((lateMs: number) => void)[] = [];
  const onCaughtUp: ((until: number) => void)[] = [];
  let counted = 0;
  let lastTick = performance.now();
  const since = (wall: number): number => Math.min(wall - lastTick, tickMs + graceMs);
  const ticking = setInterval(() => {
    const wall = performance.now();
    const lateMs = wall - lastTick - tickMs;
    counted += since(wall);
    lastTick = wall;
    for (const listener of onTick) listener(lateMs);
    setImmediate(() => {
      for (const listener of onCaughtUp) listener(wall);
    });
  }, tickMs);
  return {
    now: () => counted + since(performance.now()),
    lateMs: () => Math.max(0, performance.now() - lastTick - tickMs),
    onTick: (listener) => void onTick.push(listener),
    onCaughtUp: (listener) => void onCaughtUp.push(listener),
    close: () => clearInterval(ticking),
  };
}
