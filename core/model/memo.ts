/** Results that were worked out already, found again by the values that they were worked out from. */
export interface Memo {
  /** What `make` returns, made once for the same values in the same order: objects count by identity, text by content. */
  once<Made>(values: readonly unknown[], make: () => Made): Made;
}

type Branch = Map<unknown, unknown>;

/** An empty memo. It lives as long as what it belongs to: a list of facts, or one target group under examination. */
export function memo(): Memo {
  /** By the number of values: so the same values and one more never meet. */
  const roots: Branch[] = [];
  return {
    once<Made>(values: readonly unknown[], make: () => Made): Made {
      const last = values.length - 1;
      let branch = roots[last];
      if (branch === undefined) {
        branch = new Map();
        roots[last] = branch;
      }
      for (let index = 0; index < last; index++) {
        let next = branch.get(values[index]) as Branch | undefined;
        if (next === undefined) {
          next = new Map();
          branch.set(values[index], next);
        }
        branch = next;
      }
      const known = branch.get(values[last]) as Made | undefined;
      if (known !== undefined) return known;
      const made = make();
      branch.set(values[last], made);
      return made;
    },
  };
}
