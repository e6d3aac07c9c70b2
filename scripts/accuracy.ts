/**
 * Measures how often the cause is named right, and who is served, and writes docs/accuracy.md; `--json` prints the figures.
 * The compound worlds are drawn with a new seed each time; `--seed <number>` draws those of a page once more. `--only <text>`
 * audits the worlds of one fault whose names begin with the text, and those of several whose names hold it, and `--processes <number>` limits how many
 * at a time.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { compareText } from '../core/model/target-group-context.ts';
import { type Audited, causeFigures, clientFigures } from './accuracy/figures.ts';
import { accuracyPage } from './accuracy/page.ts';
import { readArguments } from './arguments.ts';

const usage = 'npm run accuracy -- [--json] [--only TEXT] [--processes NUMBER] [--seed NUMBER]';
const compoundCount = 200;
const { values: options } = readArguments(usage, {
  options: {
    json: { type: 'boolean' },
    only: { type: 'string', default: '' },
    processes: { type: 'string', default: String(availableParallelism()) },
    seed: { type: 'string', default: String(Math.floor(Date.now() / 1000)) },
  },
});
const { only, processes, seed } = options;
const worker = fileURLToPath(new URL('./accuracy/worker.ts', import.meta.url));

const single = await measure('single');
const compound = await measure('compound');
const page = accuracyPage({ seed: Number(seed), single, compound });
if (only === '') writeFileSync(fileURLToPath(new URL('../docs/accuracy.md', import.meta.url)), page);
console.log(
  options.json ? JSON.stringify({ single: figuresOf(single), compound: figuresOf(compound) }, null, 2) : page,
);

async function measure(kind: 'single' | 'compound'): Promise<Audited[]> {
  const parts = await Promise.all(
    Array.from({ length: Number(processes) }, async (_, index): Promise<Audited[]> => {
      const child = fork(worker, [kind, String(index), processes, String(compoundCount), seed, only]);
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
