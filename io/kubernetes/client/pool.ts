/** Keeps values that are alike once; a cluster of 50,000 pods has a few hundred label sets and pod templates. */
export interface Pool {
  /** The same text, one copy. */
  text(text: string): string;
  /** A plain value with the same JSON, one copy; whoever gets it must not change it. */
  value<T extends object>(value: T): T;
  /** `make(raw)`, run once for all values with the same JSON. */
  made<Raw extends object, Kept extends object>(raw: Raw, make: (raw: Raw) => Kept): Kept;
}

/** Entries after which a pool starts over, so that values that are all different do not fill it. */
const mostEntries = 20_000;

/** An empty pool. */
export function pool(): Pool {
  const texts = new Map<string, string>();
  const values = new Map<string, object>();
  const makings = new Map<(raw: never) => object, Map<string, object>>();

  return {
    text: (text) => shared(texts, text, () => text),
    value: (value) => shared(values, JSON.stringify(value), () => value) as typeof value,
    made(raw, make) {
      const made = makings.get(make) ?? new Map<string, object>();
      makings.set(make, made);
      return shared(made, JSON.stringify(raw), () => make(raw)) as ReturnType<typeof make>;
    },
  };
}

function shared<T>(entries: Map<string, T>, key: string, make: () => T): T {
  const there = entries.get(key);
  if (there !== undefined) return there;
  if (entries.size >= mostEntries) entries.clear();
  const made = make();
  entries.set(key, made);
  return made;
}
