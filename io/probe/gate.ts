/** Lets probes through one by one. */
export interface Gate {
  /** Waits for a free place; whoever was let in calls the function returned once its socket is closed. */
  enter(): Promise<() => void>;
  /** No more descriptors to be had: from now on at most as many sockets as are open beside the one that failed. */
  narrow(): void;
}

export interface GateLimits {
  /** Sockets open at the same time. */
  sockets: number;
  /**
   * Sockets that are in their first 100 ms. Answers come then, and beyond about 200 of them at a time the queue in
   * this process would show up in the timings of the targets; whoever takes longer merely waits and costs nothing.
   */
  lively: number;
}

const livelyMs = 100;

/** Opens a gate that keeps both limits and serves in the order of arrival. */
export function openGate(limits: GateLimits): Gate {
  const waiting: (() => void)[] = [];
  let { sockets } = limits;
  let open = 0;
  let lively = 0;

  const admit = (): void => {
    while (open < sockets && lively < limits.lively) {
      const next = waiting.shift();
      if (next === undefined) return;
      open += 1;
      lively += 1;
      next();
    }
  };

  const letIn = (): (() => void) => {
    let isLively = true;
    const calmDown = (): void => {
      if (!isLively) return;
      isLively = false;
      lively -= 1;
      admit();
    };
    const calm = setTimeout(calmDown, livelyMs);
    return () => {
      clearTimeout(calm);
      open -= 1;
      calmDown();
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
