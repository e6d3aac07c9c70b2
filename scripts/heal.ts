/** Runs every printed fix against the lab and shows what came of it; `npm run heal -- <id>…` only of these, `--write` writes docs/fixes.md. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nameOfScenario, withVariants } from '../lab/scenario.ts';
import { scenarios } from '../lab/scenarios.ts';
import { bundleCommandLine } from './command-line.ts';
import { healScenario } from './heal/heal-scenario.ts';
import { type Outcome, shareOf } from './heal/outcome.ts';
import { fixesPage } from './heal/page.ts';

const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
for (const id of wanted) {
  if (!scenarios.some((scenario) => scenario.id === id)) throw new Error(`there is no scenario ${id}`);
}
const cache = fileURLToPath(new URL('../node_modules/.cache/', import.meta.url));
const folder = await mkdtemp(join(cache, 'heal-'));
const outcomes: Outcome[] = [];
const silent: string[] = [];
try {
  await bundleCommandLine(folder);
  const chosen = withVariants(scenarios).filter(({ id }) => wanted.length === 0 || wanted.includes(id));
  for (const scenario of chosen) {
    const own = await healScenario(scenario, join(folder, 'nlb-auditor.js'));
    if (own.length === 0) silent.push(nameOfScenario(scenario));
    for (const { result, step, command, why, withEarlier } of own) {
      const aside = withEarlier ? ' (after the steps before)' : '';
      console.log(`${result.padEnd(9)} ${nameOfScenario(scenario)} ${step}${aside}${why === undefined ? '' : `: ${why}\n          $ ${command}`}`);
    }
    outcomes.push(...own);
  }
} finally {
  await rm(folder, { recursive: true });
}
const count = (result: Outcome['result']): number => outcomes.filter((each) => each.result === result).length;
console.log(
  `${outcomes.length} steps that change something: ${count('healed')} healed and last, ${count('reverted')} reverted, ${count('failed')} failed, ` +
    `${count('elsewhere')} not provable here; ${(100 * shareOf(outcomes)).toFixed(1)} %`,
);
if (process.argv.includes('--write')) await writeFile(new URL('../docs/fixes.md', import.meta.url), fixesPage(outcomes, silent));
process.exitCode = shareOf(outcomes) >= 0.95 ? 0 : 1;
