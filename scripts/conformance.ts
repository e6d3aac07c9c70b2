/** The product and the lab against engines that are not ours; says of each engine whether it ran, or why not. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../test/conformance/engine.ts';
import { installPackages } from './conformance/install-packages.ts';
import { readTally, type Tally } from './conformance/tally.ts';

const folder = new URL('../test/conformance/', import.meta.url);
const root = new URL('../', import.meta.url);
/** Words that narrow the run to some test files, as for vitest. */
const filters = process.argv.slice(2);

installPackages(folder);
run('tsc', ['--noEmit', '-p', 'test/conformance']);

const engines = await findEngines();
const results = mkdtempSync(join(tmpdir(), 'conformance-'));
const output = join(results, 'results.json');
const status = run('vitest', [
  'run',
  '--config=vitest.conformance.config.ts',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${output}`,
  ...filters,
]);
const tallies = readTally(output);
rmSync(results, { recursive: true });

const required = readFileSync(new URL('.ci/conformance-required', root), 'utf8').split('\n').filter(Boolean);
console.log('Engines:');
for (const [name, engine] of engines) console.log(lineOf(name, engine, tallies.get(name)));
const missing = required.filter((name) => !hasRun(name));
if (missing.length > 0 && filters.length === 0) {
  console.error(`Required by .ci/conformance-required and not run: ${missing.join(', ')}`);
  process.exit(1);
}
process.exit(status);

async function findEngines(): Promise<Map<string, Engine>> {
  const names = readdirSync(new URL('engines/', folder)).map((file) => file.replace(/\.ts$/, ''));
  const found = names.sort().map(async (name): Promise<[string, Engine]> => {
    const { findEngine } = await import(new URL(`engines/${name}.ts`, folder).href);
    return [name, await findEngine()];
  });
  return new Map(await Promise.all(found));
}

function hasRun(name: string): boolean {
  const { passed = 0, failed = 0 } = tallies.get(name) ?? {};
  return engines.get(name)?.found === true && passed + failed > 0;
}

function lineOf(name: string, engine: Engine, tally: Tally = { passed: 0, failed: 0, seconds: 0 }): string {
  if (!engine.found) return `  – ${name} skipped: ${engine.why}. ${engine.remedy}`;
  if (!hasRun(name)) return `  – ${name} ${engine.version} not used by the tests that ran`;
  const { passed, failed, seconds } = tally;
  const outcome = failed > 0 ? `${failed} of ${passed + failed} tests failed` : `${passed} tests`;
  return `  ${failed > 0 ? '✗' : '✓'} ${name} ${engine.version} ran: ${outcome}, ${seconds.toFixed(1)} s`;
}

/** Runs a program of the root's packages to its end; its exit code. */
function run(program: string, args: string[]): number {
  const { status } = spawnSync('npx', ['--no-install', program, ...args], { cwd: root, stdio: 'inherit' });
  if (program === 'tsc' && status !== 0) process.exit(status ?? 1);
  return status ?? 1;
}
