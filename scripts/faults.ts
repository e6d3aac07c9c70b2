/**
 * Breaks every call that goes out of the product, in every way, and checks what is promised. A pattern names the cases, for example
 * `npm run faults -- 'DescribeTags|giant'`; `--write` keeps their verdicts in docs/reliability.json, beside those of other cases, and
 * writes the page from there; `--left` runs only what has not survived yet. Exits with 1 where a promise was broken.
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { readArguments } from './arguments.ts';
import type { Verdict } from './faults/stage.ts';
import { writeVerdicts } from './faults/verdicts.ts';

const usage = 'npm run faults -- [PATTERN] [--write] [--left] [--shards NUMBER]';
const deadlineMs = 15_000;
const { values, positionals } = readArguments(usage, {
  options: {
    write: { type: 'boolean', default: false },
    left: { type: 'boolean', default: false },
    shards: { type: 'string', default: String(availableParallelism() + 1) },
  },
  allowPositionals: true,
});

/** Most of the time of a case is spent waiting for a time-out. */
const shards = Number(values.shards);
const verdicts: Verdict[] = [];
await Promise.all(Array.from({ length: shards }, (_, shard) => run(shard)));
const broken = verdicts.filter(({ violations }) => violations.length > 0);
console.log(`${verdicts.length} cases, ${verdicts.length - broken.length} survived, ${broken.length} did not`);
process.exitCode = broken.length > 0 ? 1 : 0;

async function run(shard: number): Promise<void> {
  const args = [
    'scripts/faults/shard.ts',
    shard,
    shards,
    deadlineMs,
    positionals[0] ?? '',
    values.left ? 'left' : 'all',
  ].map(String);
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  for await (const line of createInterface(child.stdout)) {
    const verdict: Verdict = JSON.parse(line);
    verdicts.push(verdict);
    // One by one: a run of an hour that is ended keeps what it has.
    if (values.write) writeVerdicts([verdict]);
    for (const violation of verdict.violations) console.log(`${verdict.call}, ${verdict.fault}: ${violation}`);
  }
  const code = await ended;
  if (code !== 0) throw new Error(`a process of cases ended with ${code}`);
}
