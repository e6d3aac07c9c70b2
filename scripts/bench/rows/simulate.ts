import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from '../../bundle.ts';
import { child } from '../child.ts';
import type { Row } from '../row.ts';
import { bigAccount } from '../stand-in/shape.ts';

interface SimulateRun {
  loadedMb: number;
  peakMb: number;
  cpuSeconds: number;
}

const runs = 24;
const mostMb = 300;
const clusters = [2, 20, 200];

/** A replay of reports in files, as `audit --output json` wrote them. */
export const simulate: Row = {
  id: 'simulate',
  what: `\`simulate --history\` of ${runs} runs of 30, 300 and 3,000 target groups`,
  goal: `streams: < ${mostMb} MB resident`,
  async measure() {
    // Bundled, as the package is: the sources would be compiled in the same process.
    const folder = mkdtempSync(join('node_modules', '.bench-'));
    const program = join(folder, 'simulate.mjs');
    writeFileSync(program, await bundle({ entryPoints: ['scripts/bench/rows/simulate-run.ts'] }));
    const lines = [];
    for (const count of clusters) {
      const history = join(folder, 'history.json');
      const shape = JSON.stringify({ ...bigAccount, clusters: count });
      const { groups } = await child<{ groups: number }>([
        'scripts/bench/rows/simulate-reports.ts',
        history,
        shape,
        runs,
      ]);
      const run = await child<SimulateRun>([program, history]);
      lines.push({ groups, runs, historyMb: Math.round(statSync(history).size / 2 ** 20), ...run });
      rmSync(history);
    }
    rmSync(folder, { recursive: true });
    const most = Math.max(...lines.map(({ peakMb }) => peakMb));
    return {
      result: `${lines.map(({ peakMb }) => peakMb).join(', ')} MB`,
      met: most < mostMb,
      tables: [{ title: 'Each in a separate process', lines }],
      notes: [
        'Reports are read one after the other, and of each its target groups and diagnoses one by one: what decides nothing is dropped before the next is parsed.',
      ],
    };
  },
};
