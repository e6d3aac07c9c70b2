import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { startLab } from '../../../lab/start.ts';
import { largeWorld } from '../../../lab/world/large.ts';
import { child, median, series } from '../child.ts';
import type { Row } from '../row.ts';

interface AuditRun {
  totalMs: number;
  slowestTimeoutMs: number;
  waitedMs: number;
  maxRssMb: number;
  concludeCpuMs: number;
  apiCalls: Record<string, number>;
}

/** The line against the lab, without and with the default share of the API. */
export const audit: Row = {
  id: 'audit',
  what: 'audit of one cluster of 50 Services with 500 targets in the lab, a tenth of them broken; median of 3',
  goal: null,
  async measure() {
    const lab = await startLab(
      largeWorld({ services: 50, targets: 500, network: '127.90', now: new Date().toISOString() }),
    );
    const folder = mkdtempSync(join('node_modules', '.bench-'));
    const program = join(folder, 'audit.mjs');
    await build({
      entryPoints: ['scripts/bench/rows/audit-run.ts'],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
    });
    const run = (callsPerSecond: number) => child<AuditRun>([program, callsPerSecond], lab.env);
    const runs = await series(3, () => run(100_000));
    const governed = await run(5);
    const calls = lab.calls.slice(-sum(governed.apiCalls));
    const twice = calls.length - new Set(calls.map((call) => JSON.stringify(call))).size;
    await lab.close();
    rmSync(folder, { recursive: true });
    const { apiCalls, ...first } = median(runs, ({ totalMs }) => totalMs);
    return {
      result: `${first.totalMs} ms; ${governed.totalMs} ms at 5 calls a second`,
      met: null,
      tables: [
        { title: 'Milliseconds and counts', lines: [first] },
        { title: 'Calls', lines: [{ ...apiCalls, 'made twice': twice }] },
      ],
    };
  },
};

const sum = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);
