/**
 * Thousands of runs of the auditor over an account in which faults come and go, with processes that are killed, runs that overlap, a
 * throttled table, and sinks that refuse, die or forget; `--seed` and `--runs` say which life. In the end memory must be what an oracle
 * knows that watched undisturbed, and no message may be lost. Exits with 1 otherwise.
 */
import { findingsTable } from '../test/io/store/findings-table.ts';
import { random } from './accuracy/random.ts';
import { readArguments } from './arguments.ts';
import { soak } from './soak/soak.ts';
import { readStates } from './soak/states.ts';

const usage = 'npm run soak -- [--seed NUMBER] [--runs NUMBER]';
const { values } = readArguments(usage, {
  options: { seed: { type: 'string', default: '7' }, runs: { type: 'string', default: '2000' } },
});
const seed = Number(values.seed);
const runs = Number(values.runs);
const states = await readStates(12, random(seed));
await using findings = await findingsTable();
const began = performance.now();
const tally = await soak({ findings, states, runs, seed });
const seconds = (performance.now() - began) / 1000;

console.log(`${runs} runs with seed ${seed} in ${Math.round(seconds)} s, ${(runs / seconds).toFixed(1)} a second`);
console.log(`${tally.repeated} processes were killed or could not write, ${tally.overlapping} runs met another one`);
console.log(
  `${tally.stalled} runs were stalled until another one had their lease, and left memory alone when they woke`,
);
console.log(`${tally.messages} messages, ${tally.delivered} delivered to two sinks, ${tally.duplicates} duplicates`);
console.log(`${tally.lost.length} lost, ${tally.wrong.length} differences from the oracle`);
for (const line of [...tally.lost, ...tally.wrong].slice(0, 20)) console.log(line);
process.exitCode = tally.lost.length + tally.wrong.length > 0 ? 1 : 0;
