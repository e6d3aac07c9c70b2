import { readFileSync } from 'node:fs';
import type { OwnClock } from './own-clock.ts';

/** Lets probes through one by one, as many at a time as this process can attend to. */
export interface ConcurrencyLimiter {
  /** Waits for a free place; whoever was let in calls the function returned once its socket is closed. */
  enter(): Promise<() => void>;
  /** No more descriptors to be had: from now on at most as many sockets as are open beside the one that failed. */
  narrow(): void;
}

export interface ConcurrencyLimits {
  /** Sockets open at the same time. */
  sockets: number;
  /** Most sockets in their first 100 ms, when answers come; whoever takes longer merely waits and costs nothing. */
  lively: number;
}

/** Descriptors kept free for the connections of the AWS and Kubernetes clients, and for files; a quarter where there are few. */
const reserved = 124;

/** Sockets beyond which only memory grows. */
const mostSockets = 4000;

/** How many sockets this process may open; Lambda allows 1,024 descriptors (Lambda quotas). */
export function socketsAllowed(): number {
  try {
    const [, limit] = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    const descriptors = Number(limit ?? 1024);
    return Math.max(1, Math.min(mostSockets, Math.floor(Math.max(descriptors - reserved, descriptors * 0.75))));
  } catch {
    return 1024 - reserved;
  }
}

const livelyMs = 100;
const fewest = 4;
const atFirst = 256;

/** Milliseconds of delay of the event loop above which fewer, and below which more probes are let in at a time. */
const tooLateMs = 60;
const onTimeMs = 10;

/**
 * Opens a gate that keeps both limits and serves in the order of arrival. How many may be lively follows the measured delay
 * of the event loop: it halves where the loop is late and grows while it is on time.
 */
export function concurrencyLimiter(limits: ConcurrencyLimits, clock: OwnClock): ConcurrencyLimiter {
  const waiting: (() => void)[] = [];
  let nextWaiting = 0;
  let { sockets } = limits;
  let mostLively = Math.min(atFirst, limits.lively);
  let open = 0;
  let lively = 0;
  let young: Place[] = [];

  const admit = (): void => {
    while (open < sockets && lively < mostLively && nextWaiting < waiting.length) {
      open += 1;
      lively += 1;
      waiting[nextWaiting++]?.();
    }
    if (nextWaiting === waiting.length) {
      waiting.length = 0;
      nextWaiting = 0;
    }
  };
  const calm = (place: Place): void => {
    if (!place.isLively) return;
    place.isLively = false;
    lively -= 1;
  };

  clock.onTick((lateMs) => {
    if (lateMs > tooLateMs) mostLively = Math.max(fewest, Math.floor(mostLively / 2));
    else if (lateMs < onTimeMs) mostLively = Math.min(limits.lively, Math.ceil(mostLively * 1.25));
    const grownUp = clock.now() - livelyMs;
    const firstYoung = young.findIndex(({ since }) => since > grownUp);
    for (const place of firstYoung < 0 ? young : young.slice(0, firstYoung)) calm(place);
    young = firstYoung < 0 ? [] : young.slice(firstYoung);
    admit();
  });

  const letIn = (): (() => void) => {
    const place: Place = { since: clock.now(), isLively: true };
    young.push(place);
    return () => {
      open -= 1;
      calm(place);
      admit();
    };
  };

  return {
    enter: () =>
      new Promise((resolve) => {
        waiting.push(() => resolve(letIn()));
        admit();
      }),
    narrow() {
      sockets = Math.max(1, Math.min(sockets, open - 1));
    },
  };
}

interface Place {
  /** By the own clock. */
  since: number;
  isLively: boolean;
}
