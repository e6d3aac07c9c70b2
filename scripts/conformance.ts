/** The product and the lab against engines that are not ours; says of each engine whether it ran, or why not. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../test/conformance/engine.ts';
import { goBuilds } from './conformance/go-builds.ts';
import {
  installCheckov,
  installChromium,
  installInspector,
  installOcsfSchemas,
  installShells,
  installTerraformPlugins,
} from './conformance/install-programs.ts';
import { inPrivateNetwork } from './conformance/private-network.ts';
import { readTally, type Tally } from './conformance/tally.ts';

const folder = new URL('../test/conformance/', import.meta.url);
const root = new URL('../', import.meta.url);
/** Programs of their own, because they need the way to the registry that the tests do without. */
const ownPrograms = ['fresh-machine', 'fresh-applications'];
/** Words that narrow the run to some test files, as for vitest. */
const filters = process.argv.slice(2);

if (node('conformance/types.ts') !== 0) process.exit(1);

node('conformance/build-go.ts', ...Object.keys(goBuilds).filter(wants));
if (wants('aws-lambda-ric')) node('conformance/build-interface-client.ts');
if (wants('templates') || wants('checkov')) installCheckov();
if (wants('chromium')) installChromium();
if (wants('shells')) installShells();
if (wants('mcp-inspector')) installInspector();
if (wants('ocsf-schema')) installOcsfSchemas();
if (wants('templates') || wants('terraform')) installTerraformPlugins();
const engines = await findEngines();
const results = mkdtempSync(join(tmpdir(), 'conformance-'));
const output = join(results, 'results.json');
const status = run('vitest', [
  'run',
  '--config=vitest.conformance.config.ts',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${output}`,
  '--passWithNoTests',
  ...filters,
]);
const tallies = readTally(output);
for (const name of ownPrograms) if (wants(name) && engines.get(name)?.found) tallies.set(name, runAlone(name));
rmSync(results, { recursive: true });

const required = readFileSync(new URL('.ci/conformance-required', root), 'utf8').split('\n').filter(Boolean);
console.log('Engines:');
for (const [name, engine] of engines) console.log(lineOf(name, engine, tallies.get(name)));
for (const failure of [...tallies.values()].flatMap(({ failures }) => failures)) console.log(`Failed: ${failure}`);
const missing = required.filter((name) => !hasRun(name));
if (missing.some(wants)) {
  console.error(`Required by .ci/conformance-required and not run: ${missing.filter(wants).join(', ')}`);
  process.exit(1);
}
process.exit([...tallies.values()].some(({ failed }) => failed > 0) ? 1 : status);

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

function lineOf(
  name: string,
  engine: Engine,
  tally: Tally = { passed: 0, failed: 0, seconds: 0, failures: [] },
): string {
  if (!engine.found) return `  – ${name} skipped: ${engine.why}. ${engine.remedy}`;
  if (!hasRun(name)) return `  – ${name} ${engine.version} not used by the tests that ran`;
  const { passed, failed, seconds } = tally;
  const outcome = failed > 0 ? `${failed} of ${passed + failed} tests failed` : `${passed} tests`;
  return `  ${failed > 0 ? '✗' : '✓'} ${name} ${engine.version} ran: ${outcome}, ${seconds.toFixed(1)} s`;
}

/** True when the engine, or everything, is asked for. */
function wants(engine: string): boolean {
  return filters.length === 0 || filters.some((filter) => engine.includes(filter) || filter.includes(engine));
}

function node(script: string, ...args: string[]): number {
  const { status } = spawnSync(process.execPath, [`scripts/${script}`, ...args], { cwd: root, stdio: 'inherit' });
  return status ?? 1;
}

function runAlone(name: string): Tally {
  const started = performance.now();
  const failed = node(`conformance/${name}.ts`) === 0 ? 0 : 1;
  const failures = failed > 0 ? [`${name}: see above`] : [];
  return { passed: 1 - failed, failed, seconds: (performance.now() - started) / 1000, failures };
}

/** Runs a program of the root's packages to its end; its exit code. */
function run(program: string, args: string[]): number {
  const [file = '', ...rest] = inPrivateNetwork(['npx', '--no-install', program, ...args]);
  const { status } = spawnSync(file, rest, { cwd: root, stdio: 'inherit' });
  return status ?? 1;
}
