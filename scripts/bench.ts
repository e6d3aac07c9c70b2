/**
 * Measures rows of docs/benchmarks.md, all or those that are named. `--json` prints the figures for a machine; `--write` keeps
 * them in docs/benchmarks.json and writes the page from there.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { readArguments, refuse } from './arguments.ts';
import { machine } from './bench/machine.ts';
import { renderBenchmarks } from './bench/page.ts';
import type { Measured } from './bench/row.ts';
import { rows } from './bench/rows.ts';

const usage = `npm run bench -- [ROW…] [--json] [--write]\nRows: ${rows.map(({ id }) => id).join(', ')}`;
const figures = 'docs/benchmarks.json';
const { values, positionals } = readArguments(usage, {
  options: { json: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const unknown = positionals.filter((id) => !rows.some((row) => row.id === id));
if (unknown.length > 0) refuse(usage, `There is no row ${unknown.join(', ')}.`);

const measured: Measured[] = [];
for (const { measure, ...row } of rows) {
  if (positionals.length > 0 && !positionals.includes(row.id)) continue;
  const facts = machine();
  const result = await measure();
  measured.push({ ...row, ...result, machine: facts, measuredAt: new Date().toISOString() });
  if (!values.json) print({ ...row, ...result });
}
if (values.json) console.log(JSON.stringify(measured, null, 2));
if (values.write) {
  const known: Measured[] = existsSync(figures) ? JSON.parse(readFileSync(figures, 'utf8')) : [];
  const byId = new Map([...known, ...measured].map((each) => [each.id, each]));
  const all = rows.flatMap(({ id }) => byId.get(id) ?? []);
  writeFileSync(figures, `${JSON.stringify(all, null, 2)}\n`);
  writeFileSync('docs/benchmarks.md', renderBenchmarks(all));
}
process.exit(0);

function print({ id, what, goal, result, tables, notes = [] }: Omit<Measured, 'machine' | 'measuredAt'>): void {
  console.log(`\n${id}: ${what}\n  ${result}${goal === null ? '' : `; goal: ${goal}`}`);
  for (const { title, lines } of tables) {
    console.log(title);
    console.table(lines);
  }
  for (const note of notes) console.log(note);
}
