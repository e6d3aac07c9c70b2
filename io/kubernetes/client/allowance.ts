import { performance } from 'node:perf_hooks';

/** The time that one list may take. */
export interface Allowance extends Disposable {
  signal: AbortSignal;
  /** Grants more once it is known how many objects are left to read. */
  expect(objects: number): void;
}

/** Milliseconds for a list of any size, and for each 1,000 objects: three times what Lambda with 0.58 vCPU takes. */
const leastMs = 30_000;
const msPerThousand = 3_000;

/** A timer of Node.js takes no more, and the number of objects is what a server claims. */
const mostMs = 2 ** 31 - 1;

/** Starts the clock of one list; it ends with `signal`, the time of the whole run, at the latest. */
export function allow(signal: AbortSignal): Allowance {
  const own = new AbortController();
  const startedAt = performance.now();
  const end = (): void => own.abort(new DOMException('the time for this list was over', 'TimeoutError'));
  let granted = leastMs;
  let timer = setTimeout(end, granted);
  return {
    signal: AbortSignal.any([signal, own.signal]),
    expect(objects) {
      const wanted = Math.min(leastMs + (objects / 1000) * msPerThousand, mostMs);
      if (wanted <= granted) return;
      granted = wanted;
      clearTimeout(timer);
      timer = setTimeout(end, startedAt + granted - performance.now());
    },
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
