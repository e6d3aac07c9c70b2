/** Runs every n-th case of the matrix in a process of its own and prints a verdict on each line. */
import { matrix } from './matrix.ts';
import { openStage } from './stage.ts';

const [first = 0, step = 1, deadlineMs = 15_000] = process.argv.slice(2, 5).map(Number);
const filter = new RegExp(process.argv[5] ?? '');
const stage = await openStage(deadlineMs);
Object.assign(process.env, stage.env);
const cases = matrix().filter(({ call, fault }) => filter.test(`${call.id} ${fault.id}`));
for (const [index, tested] of cases.entries()) {
  if (index % step === first) console.log(JSON.stringify(await stage.run(tested)));
}
process.exit(0);
