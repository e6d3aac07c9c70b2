import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs a program in a process of its own and reads the JSON of its last line. */
export async function child<T>(args: (string | number)[], env: Record<string, string> = {}): Promise<T> {
  const { stdout } = await run(process.execPath, args.map(String), {
    env: { ...process.env, ...env },
    maxBuffer: 2 ** 26,
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

/** What the runs gave, one after the other. */
export async function series<T>(times: number, make: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let index = 0; index < times; index++) results.push(await make());
  return results;
}

/** The run in the middle when they are put in order. */
export function median<T>(runs: T[], by: (run: T) => number): T {
  const middle = runs.toSorted((a, b) => by(a) - by(b))[Math.floor(runs.length / 2)];
  if (middle === undefined) throw new Error('nothing was run');
  return middle;
}
