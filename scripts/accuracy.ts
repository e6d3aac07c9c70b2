/**
 * Measures how often the cause is named right, and who is served, and writes docs/accuracy.md; `--json` prints the figures.
 * `--seed <number>` draws other worlds, and leaves the page alone.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compareText } from '../core/model/target-group-context.ts';
import { type Audited, causeFigures, clientFigures } from './accuracy/figures.ts';
import { accuracyPage } from './accuracy/page.ts';

const processes = 4;
const compoundCount = 200;
const usualSeed = 20_261_122;
const { values: options } = parseArgs({ options: { json: { type: 'boolean' }, seed: { type: 'string' } } });
const seed = Number(options.seed ?? usualSeed);
const worker = fileURLToPath(new URL('./accuracy/worker.ts', import.meta.url));

const single = await measure('single');
const compound = await measure('compound');
const page = accuracyPage({ seed, single, compound });
if (seed === usualSeed) writeFileSync(fileURLToPath(new URL('../docs/accuracy.md', import.meta.url)), page);
console.log(
  options.json ? JSON.stringify({ single: figuresOf(single), compound: figuresOf(compound) }, null, 2) : page,
);

async function measure(kind: 'single' | 'compound'): Promise<Audited[]> {
  const parts = await Promise.all(
    Array.from({ length: processes }, async (_, index): Promise<Audited[]> => {
      const child = fork(worker, [kind, String(index), String(processes), String(compoundCount), String(seed)]);
      const worlds: Audited[] = [];
      child.on('message', (message: Audited) => worlds.push(message));
      const [code] = await once(child, 'exit');
      if (code !== 0) throw new Error(`a ${kind} worker ended with code ${code}`);
      return worlds;
    }),
  );
  return parts.flat().toSorted((a, b) => compareText(a.world, b.world));
}

function figuresOf(worlds: Audited[]) {
  return { ...causeFigures(worlds), clients: clientFigures(worlds) };
}
