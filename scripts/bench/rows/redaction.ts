import { child } from '../child.ts';
import { formatGrowth, growthOf } from '../growth.ts';
import type { Row } from '../row.ts';

/** What the redaction of one text took. */
export interface RedactionRun {
  characters: number;
  /** What the text consists of. */
  piece: string;
  cpuMs: number;
}

const megabyte = 1_000_000;
const factors = [1, 2, 4, 8];
const mostCpuMs = 500;
const mostRatio = 2.3;

/** Secrets in 125 kB to 1 MB of text that is made to be slow, the slowest of all texts at each size. */
export const redaction: Row = {
  id: 'redaction',
  what: 'redaction of 1 MB of hostile text, the slowest of some eighty',
  goal: `≤ ${mostCpuMs} CPU ms, linear (ratio of twice the text ≤ ${mostRatio})`,
  async measure() {
    const runs: RedactionRun[] = [];
    for (const factor of factors) {
      const each = await child<RedactionRun[]>(['scripts/bench/rows/redaction-run.ts', (megabyte * factor) / 8]);
      runs.push(each.reduce((slowest, run) => (run.cpuMs > slowest.cpuMs ? run : slowest)));
    }
    const growth = growthOf(runs.map(({ cpuMs }) => cpuMs));
    const last = runs.at(-1)?.cpuMs ?? 0;
    return {
      result: `${Math.round(last)} CPU ms; ratios ${formatGrowth(growth)}`,
      met: last <= mostCpuMs && growth.ratios.every((ratio) => ratio <= mostRatio),
      tables: [
        {
          title: 'At 1×, 2×, 4×, 8×, the slowest text of each size',
          lines: runs.map(({ characters, piece, cpuMs }) => ({
            characters,
            'text of': JSON.stringify(piece),
            cpuMs: Math.round(cpuMs),
          })),
        },
      ],
      notes: [
        'One text of a cluster is cut to 64 kB before any pattern meets it, so that it takes a sixteenth of this at most.',
      ],
    };
  },
};
