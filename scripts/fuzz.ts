/**
 * Gives hostile input to everything that reads what others wrote: a million cases, or as many as `--cases` says. Readers have the
 * shares that they have in CI, so that the whole line has a tenth of what a single text has. A pattern names the readers, for example
 * `npm run fuzz -- 'Slack|CIDR' --cases 5000`; `--seed` repeats a run. Exits with 1 where a reader broke.
 */
import fc from 'fast-check';
import { readArguments } from './arguments.ts';
import type { Subject } from './fuzz/subject.ts';
import { subjects } from './fuzz/subjects.ts';

/** CPU milliseconds after which an input counts as one that stops a run. */
const longestMs = 2000;
/** Cases that are drawn from one seed; between them progress is shown. */
const atOnce = 1000;
const progressMs = 15_000;
const usage = `npm run fuzz -- [PATTERN] [--cases NUMBER] [--seed NUMBER]\nReaders: ${subjects.map(({ id }) => id).join(', ')}`;
const { values, positionals } = readArguments(usage, {
  options: {
    cases: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
  allowPositionals: true,
});
const pattern = new RegExp(positionals[0] ?? '');
const chosen = subjects.filter(({ id }) => pattern.test(id));
const shares = chosen.reduce((sum, { inCi }) => sum + inCi, 0);
const seed = Number(values.seed);
const began = performance.now();
let shown = began;
let run = 0;
let broken = 0;

console.log(`seed ${seed}, ${chosen.length} readers`);
for (const tested of chosen) if (!(await survives(tested))) broken += 1;
console.log(
  `${run} cases in ${secondsSince(began)} s, ${chosen.length - broken} of ${chosen.length} readers held, ${broken} broke`,
);
process.exit(broken > 0 ? 1 : 0);

async function survives({ id, inCi, property, slowest }: Subject): Promise<boolean> {
  const cases = Math.ceil((Number(values.cases) * inCi) / shares);
  const start = process.cpuUsage();
  for (let done = 0; done < cases; done += atOnce) {
    const numRuns = Math.min(atOnce, cases - done);
    const details = await fc.check(property, { seed: seed + done, numRuns });
    run += details.numRuns;
    if (details.failed) {
      console.log(`✗ ${id}: again with '${id}' --seed ${seed + done} --cases ${atOnce}`);
      console.log(fc.stringify(details.counterexample).slice(0, 3000));
      console.log(details.errorInstance);
      return false;
    }
    showProgress(`  ${id}: ${done + numRuns} of ${cases}`);
  }
  const { user, system } = process.cpuUsage(start);
  const cpuSeconds = (user + system) / 1e6;
  const isSlow = slowest.cpuMs > longestMs;
  console.log(
    `${isSlow ? '✗' : '✓'} ${id}: ${cases} cases, ${Math.round(cases / cpuSeconds)} in a CPU second, the slowest ${Math.round(slowest.cpuMs)} CPU ms`,
  );
  if (isSlow) console.log(`the slowest input was ${slowest.input}`);
  return !isSlow;
}

/** Now and then, and by no timer: readers that do not wait leave it no turn. */
function showProgress(line: string): void {
  if (performance.now() - shown < progressMs) return;
  shown = performance.now();
  console.log(`${line}, ${secondsSince(began)} s`);
}

function secondsSince(start: number): number {
  return Math.round((performance.now() - start) / 1000);
}
