/** Runs every printed fix against the lab and shows what came of it; `npm run heal -- <id>…` only of these, `--write` writes docs/fixes.md. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nameOfScenario, withVariants } from '../lab/scenario.ts';
import { scenarios } from '../lab/scenarios.ts';
import { readArguments, refuse } from './arguments.ts';
import { bundleCommandLine } from './command-line.ts';
import { type Healed, healAll } from './heal/heal-all.ts';
import { type Outcome, shareOf } from './heal/outcome.ts';
import { fixesPage } from './heal/page.ts';
import { type Stored, store } from './heal/stored.ts';

const usage = 'npm run heal -- [SCENARIO…] [--write]';
const { values, positionals: wanted } = readArguments(usage, {
  options: { write: { type: 'boolean', default: false } },
  allowPositionals: true,
});
for (const id of wanted) {
  if (!scenarios.some((scenario) => scenario.id === id)) refuse(usage, `There is no scenario ${id}.`);
}
const cache = fileURLToPath(new URL('../node_modules/.cache/', import.meta.url));
await mkdir(cache, { recursive: true });
const folder = await mkdtemp(join(cache, 'heal-'));
let healed: Healed[] = [];
try {
  await bundleCommandLine(folder);
  const chosen = withVariants(scenarios).filter(({ id }) => wanted.length === 0 || wanted.includes(id));
  healed = await healAll(chosen.map(nameOfScenario), { program: join(folder, 'nlb-auditor.js'), onDone });
} finally {
  await rm(folder, { recursive: true });
}
const outcomes = healed.flatMap((each) => each.outcomes);
const count = (result: Outcome['result']): number => outcomes.filter((each) => each.result === result).length;
console.log(
  `${outcomes.length} steps that change something: ${count('healed')} healed and last, ${count('reverted')} reverted, ${count('failed')} failed, ` +
    `${count('elsewhere')} not provable here; ${(100 * shareOf(outcomes)).toFixed(1)} %`,
);
if (values.write) await writeFile(new URL('../docs/fixes.md', import.meta.url), fixesPage(keep([])));
process.exitCode = shareOf(outcomes) >= 0.95 ? 0 : 1;

function onDone(done: Healed): void {
  show(done);
  // What is known by then is not lost where a long run is stopped.
  if (values.write) keep([done]);
}

/** Puts these in the place of what was known of their scenarios; answers all that is known. */
function keep(done: Healed[]): Stored {
  const fresh = Object.fromEntries(
    done.map(({ name, outcomes: own }) => [name, own.map(({ scenario: _, command: __, ...rest }) => rest)]),
  );
  return store(withVariants(scenarios).map(nameOfScenario), fresh);
}

function show({ name, outcomes: own }: Healed): void {
  for (const { result, cause, step, command, why, withEarlier, withLater } of own) {
    const aside = withEarlier ? ' (after the steps before)' : withLater ? ' (with the step after it)' : '';
    const reason = why === undefined ? '' : `: ${why}\n          $ ${command}`;
    console.log(`${result.padEnd(9)} ${name} ${cause} ${step}${aside}${reason}`);
  }
}
