import { readFileSync, writeFileSync } from 'node:fs';
import type { Outcome } from './outcome.ts';

/** What is kept of the last run of each scenario, in the order of the scenarios; one without steps has an empty list. */
export type Stored = Record<string, Omit<Outcome, 'scenario' | 'command'>[]>;

const file = new URL('../../docs/fixes.json', import.meta.url);

/** Puts what came of some scenarios in the place of what is known of them, and answers all. */
export function store(names: readonly string[], fresh: Stored): Stored {
  const known = read();
  const all = Object.fromEntries(
    names.flatMap((name) => {
      const found = fresh[name] ?? known[name];
      return found === undefined ? [] : [[name, found]];
    }),
  );
  writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`);
  return all;
}

function read(): Stored {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Stored;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
