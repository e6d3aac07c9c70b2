import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Outcome } from './outcome.ts';

/** What came of one scenario. */
export interface Healed {
  name: string;
  outcomes: Outcome[];
}

const worker = fileURLToPath(new URL('worker.ts', import.meta.url));

/** Heals these scenarios, several at once, each process with a network of its own; in the order in which they are given. */
export async function healAll(
  names: readonly string[],
  { program, onDone }: { program: string; onDone(healed: Healed): void },
): Promise<Healed[]> {
  const waiting = [...names];
  const done: Healed[] = [];
  const processes = Math.min(availableParallelism() + 1, names.length);
  await Promise.all(
    Array.from({ length: processes }, async (_, index) => {
      const child = fork(worker, [`127.${20 + index}`, program]);
      const ended = once(child, 'exit').then(() => [undefined]);
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
        child.send(name);
        // One after the other: each process has one lab.
        const [answer] = await Promise.race([once(child, 'message'), ended]);
        if (answer === undefined) throw new Error(`${name}: the process that healed it ended`);
        done.push(answer as Healed);
        onDone(answer as Healed);
      }
      child.disconnect();
    }),
  );
  return names.flatMap((name) => done.filter((each) => each.name === name));
}
