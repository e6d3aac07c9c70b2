/** Runs every n-th case of the matrix in a process of its own and prints a verdict on each line. */
import { nameOfCall } from './calls.ts';
import { matrix } from './matrix.ts';
import type { Verdict } from './stage.ts';
import { openTheater } from './theater.ts';
import { readVerdicts } from './verdicts.ts';

/** How often a case is run that a busy machine may have broken. */
const mostRuns = 3;
const [first = 0, step = 1, deadlineMs = 15_000] = process.argv.slice(2, 5).map(Number);
const filter = new RegExp(process.argv[5] ?? '');
const theater = openTheater(deadlineMs);
const survivorOf = ({ call, fault, violations }: Verdict): string[] =>
  violations.length > 0 ? [] : [`${call} ${fault}`];
const known = new Set(process.argv[6] === 'left' ? readVerdicts().flatMap(survivorOf) : []);
const cases = matrix().filter(({ call, fault }) => {
  const name = `${nameOfCall(call)} ${fault.id}`;
  return filter.test(name) && !known.has(name);
});
for (const [index, tested] of cases.entries()) {
  if (index % step !== first) continue;
  const stage = await theater.stageFor(tested.call);
  Object.assign(process.env, stage.env);
  let { late, ...verdict } = await stage.run(tested);
  for (let runs = 1; late && verdict.violations.length > 0 && runs < mostRuns; runs += 1) {
    // One after the other: the machine is to have less to do.
    ({ late, ...verdict } = await stage.run(tested));
  }
  console.log(JSON.stringify(verdict));
}
process.exit(0);
