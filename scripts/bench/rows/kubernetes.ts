import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { child } from '../child.ts';
import { formatGrowth, growthOf } from '../growth.ts';
import type { Row } from '../row.ts';

interface KubernetesRun {
  pods: number;
  nodes: number;
  services: number;
  gaps: number;
  cpuSeconds: number;
  wallSeconds: number;
  peakMb: number;
}

const largest = { pods: 50_000, nodes: 5000, services: 2000 };
const goal = { cpuSeconds: 25, peakMb: 400, ratio: 2.3 };

/** Megabytes of heap, which leave a function of 512 MB room for the rest of the process. */
const heapMb = 400;

/** One cluster, 1× to 8×, read over TLS from an API server in another process. */
export const kubernetes: Row = {
  id: 'kubernetes',
  what: `reading a cluster of ${largest.pods} pods, ${largest.nodes} nodes and ${largest.services} Services, with a heap of ${heapMb} MB`,
  goal: `< ${goal.peakMb} MB resident, ≤ ${goal.cpuSeconds} CPU s, nothing left out, linear (ratio of twice the work ≤ ${goal.ratio})`,
  async measure() {
    const runs: KubernetesRun[] = [];
    for (const factor of [1, 2, 4, 8]) runs.push(await readCluster(factor / 8));
    const growth = growthOf(runs.map(({ cpuSeconds }) => cpuSeconds));
    const last = runs.at(-1);
    if (last === undefined) throw new Error('nothing was run');
    const isComplete = runs.every(({ gaps }) => gaps === 0) && last.pods === largest.pods;
    return {
      result: `${last.peakMb} MB; ${last.cpuSeconds.toFixed(1)} CPU s; ratios ${formatGrowth(growth)}`,
      met:
        isComplete &&
        last.peakMb < goal.peakMb &&
        last.cpuSeconds <= goal.cpuSeconds &&
        growth.ratios.every((ratio) => ratio <= goal.ratio),
      tables: [{ title: 'At 1×, 2×, 4×, 8×', lines: runs.map(rounded) }],
      notes: [
        'Pods have two containers, 30 variables and managed fields; answers come in pages of 500, packed by gzip as Kubernetes does.',
      ],
    };
  },
};

const rounded = (run: KubernetesRun) => ({
  ...run,
  cpuSeconds: Number(run.cpuSeconds.toFixed(2)),
  wallSeconds: Number(run.wallSeconds.toFixed(2)),
});

async function readCluster(share: number): Promise<KubernetesRun> {
  const sizes = Object.values(largest).map((count) => String(count * share));
  const server = spawn(process.execPath, ['scripts/bench/rows/kubernetes-api.ts', ...sizes]);
  server.stderr.pipe(process.stderr);
  const { port, ca } = JSON.parse(await firstLine(server));
  const run = await child<KubernetesRun>([
    `--max-old-space-size=${heapMb}`,
    'scripts/bench/rows/kubernetes-run.ts',
    port,
    ca,
  ]);
  server.stdin.end();
  return run;
}

async function firstLine({ stdout }: ChildProcessWithoutNullStreams): Promise<string> {
  for await (const line of createInterface(stdout)) return line;
  throw new Error('the API server did not start');
}
