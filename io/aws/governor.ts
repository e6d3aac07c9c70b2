/** Spaces calls out so that a shared API budget is never emptied. Times are milliseconds of one monotonic clock. */
export interface Governor {
  /** Books the next call and tells how long it has to wait. */
  book(now: number): number;
  /** Takes note of a throttled call: the burst is gone and the rate is halved for a while. */
  throttled(now: number): void;
}

/**
 * A token bucket of `callsPerSecond` with a burst of 20. Elastic Load Balancing gives Describe* calls 40 tokens and
 * 10 a second per account and Region, shared with every controller (ELB API throttling guide).
 */
export function governor(callsPerSecond: number, burst = 20, caution = 60_000): Governor {
  let cautiousUntil = Number.NEGATIVE_INFINITY;
  let booked = Number.NEGATIVE_INFINITY;
  const spacing = (now: number): number => (1000 / callsPerSecond) * (now < cautiousUntil ? 2 : 1);

  return {
    book(now) {
      booked = Math.max(booked, now - burst * spacing(now)) + spacing(now);
      return Math.max(0, booked - now);
    },
    throttled(now) {
      cautiousUntil = now + caution;
      booked = Math.max(booked, now);
    },
  };
}
