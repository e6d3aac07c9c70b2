/** Results that were worked out already, found again by the values that they were worked out from. */
export interface Memo {
  /** What `make` returns, made once for the same values in the same order: objects count by identity, text by content. */
  once<Made>(values: readonly unknown[], make: () => Made): Made;
}

/** Results of one kind, which is what the first value says. */
interface Shelf {
  /** The first few, found by comparison: most kinds have no more, and a map for each value costs more than that. */
  keys: (readonly unknown[])[];
  made: unknown[];
  /** The others, by their values one after the other; by the number of values, so that the same and one more never meet. */
  roots: Branch[];
}

type Branch = Map<unknown, unknown>;

const fewest = 4;

/** An empty memo. It lives as long as what it belongs to: a list of facts, or one target group under examination. */
export function memo(): Memo {
  const shelves = new Map<unknown, Shelf>();
  return {
    once<Made>(values: readonly unknown[], make: () => Made): Made {
      let shelf = shelves.get(values[0]);
      if (shelf === undefined) {
        shelf = { keys: [], made: [], roots: [] };
        shelves.set(values[0], shelf);
      }
      const { keys, made } = shelf;
      for (let place = 0; place < keys.length; place++)
        if (areSame(keys[place] ?? [], values)) return made[place] as Made;
      if (keys.length === fewest) return onceIn(shelf.roots, values, make);
      const fresh = make();
      keys.push(values);
      made.push(fresh);
      return fresh;
    },
  };
}

function areSame(key: readonly unknown[], values: readonly unknown[]): boolean {
  if (key.length !== values.length) return false;
  for (let index = key.length - 1; index > 0; index--) if (key[index] !== values[index]) return false;
  return true;
}

function onceIn<Made>(roots: Branch[], values: readonly unknown[], make: () => Made): Made {
  const last = values.length - 1;
  let branch = roots[last];
  if (branch === undefined) {
    branch = new Map();
    roots[last] = branch;
  }
  for (let index = 1; index < last; index++) {
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
}
