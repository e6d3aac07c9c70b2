/** Results that were worked out already, found again by the values that they were worked out from. */
export interface Memo {
  /** What `make` returns, made once for the same values in the same order: objects count by identity, text by content. */
  once<Made>(values: readonly unknown[], make: () => Made): Made;
}

interface Branch {
  next: Map<unknown, Branch>;
  made?: { value: unknown };
}

/** An empty memo. It lives as long as what it belongs to: a list of facts, or one target group under examination. */
export function memo(): Memo {
  const root: Branch = { next: new Map() };
  return {
    once<Made>(values: readonly unknown[], make: () => Made): Made {
      let branch = root;
      for (const value of values) {
        let next = branch.next.get(value);
        if (next === undefined) {
          next = { next: new Map() };
          branch.next.set(value, next);
        }
        branch = next;
      }
      branch.made ??= { value: make() };
      return branch.made.value as Made;
    },
  };
}
