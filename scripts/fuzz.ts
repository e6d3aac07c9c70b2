/**
 * Gives hostile input to everything that reads what others wrote: a million cases, or as many as `--cases` says. A pattern names the
 * readers, for example `npm run fuzz -- 'Slack|CIDR' --cases 5000`; `--seed` repeats a run. Exits with 1 where a reader broke.
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { subjects } from './fuzz/subjects.ts';

/** Milliseconds after which an input counts as one that stops a run. */
const longestMs = 2000;
const { values, positionals } = parseArgs({
  options: {
    cases: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
  allowPositionals: true,
});
const pattern = new RegExp(positionals[0] ?? '');
const chosen = subjects.filter(({ id }) => pattern.test(id));
const each = Math.ceil(Number(values.cases) / chosen.length);
const seed = Number(values.seed);
let broken = 0;

console.log(`seed ${seed}, ${chosen.length} readers, ${each} cases each`);
for (const { id, property, slowest } of chosen) {
  const began = performance.now();
  const details = await fc.check(property, { seed, numRuns: each });
  const isBroken = details.failed || slowest.ms > longestMs;
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(
    `${isBroken ? '✗' : '✓'} ${id}: ${details.numRuns} cases in ${seconds} s, the slowest ${Math.round(slowest.ms)} ms`,
  );
  if (details.failed) {
    console.log(fc.stringify(details.counterexample).slice(0, 3000));
    console.log(details.errorInstance);
  }
  if (slowest.ms > longestMs) console.log(`the slowest input was ${slowest.input}`);
  if (isBroken) broken += 1;
}
process.exit(broken > 0 ? 1 : 0);
