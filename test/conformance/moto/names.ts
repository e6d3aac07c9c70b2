/** What moto calls the resources of a world; moto makes up ids of its own. */
export interface Names {
  /** Says that the resource `ours` of the world is `theirs` in moto. */
  set(ours: string, theirs: string | undefined): void;
  /** What moto calls a resource of the world; throws where it has not been made. */
  get(ours: string): string;
  /** A value from moto with the world's own names in it. */
  translate<Value>(value: Value): Value;
}

/** Names, none yet. */
export function noNames(): Names {
  const names = new Map<string, string>();
  return {
    set(ours, theirs) {
      if (theirs === undefined) throw new Error(`moto has no name for ${ours}`);
      names.set(ours, theirs);
    },
    get(ours) {
      const theirs = names.get(ours);
      if (theirs === undefined) throw new Error(`moto does not have ${ours}`);
      return theirs;
    },
    translate<Value>(value: Value): Value {
      // The longest first, because the ARN of a listener begins like that of its load balancer.
      const pairs = [...names].toSorted(([, a], [, b]) => b.length - a.length);
      const text = pairs.reduce((all, [ours, theirs]) => all.replaceAll(theirs, ours), JSON.stringify(value));
      return JSON.parse(text) as Value;
    },
  };
}

/** Tags as AWS takes them. */
export const tagList = (tags: Record<string, string>): { Key: string; Value: string }[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
