import { child } from '../child.ts';
import { formatGrowth, growthOf } from '../growth.ts';
import type { Result, Row } from '../row.ts';
import { bigAccount, bigCluster, type Shape } from '../stand-in/shape.ts';

/** What one diagnosis took; seconds of CPU are user and system of the whole process, garbage collection included. */
export interface DiagnosisRun {
  targetGroups: number;
  targets: number;
  pods: number;
  causes: number;
  cpuSeconds: number;
  wallSeconds: number;
  /** Heap that the facts take, and what the report adds to it once the diagnosis is over. */
  factsMb: number;
  reportMb: number;
  /** The most that was resident during the diagnosis, facts included. */
  peakMb: number;
  rendered: { output: string; cpuSeconds: number; kB: number }[];
}

const factors = [1, 2, 4, 8];
const mostCpuSeconds = 3;
const mostRatio = 2.3;

/** The whole account, 1× to 8×: 375 to 3,000 target groups. */
export const diagnosis: Row = {
  id: 'diagnosis',
  what: 'diagnosis of 3,000 target groups with 100,800 targets in 200 clusters, a quarter of them broken',
  goal: `≤ ${mostCpuSeconds} CPU s, linear (ratio of twice the work ≤ ${mostRatio})`,
  async measure() {
    const runs = await measureAll((factor) => ({ ...bigAccount, clusters: (bigAccount.clusters * factor) / 8 }));
    return {
      ...resultOf(runs, mostCpuSeconds),
      notes: [
        'The main thread takes three quarters of it, compilation and garbage collection in other threads the rest; a second run in one process takes seven tenths of the first, because a run that lasts seconds spends much of them in code that is not compiled yet. Two thirds go to the 25,200 failing targets, of each of which every check has to say whether it names it, a third to the 2,250 groups without one. It is spread flat: no single check takes more than a twentieth, look-ups by key a tenth, garbage collection on the main thread a twentieth. Targets that nothing on the path of health checks tells apart, by their subnet and security groups, are judged once there. On a machine with other work all of it takes up to a third longer.',
      ],
    };
  },
};

/** One cluster, 1× to 8×: 125 to 1,000 Services. */
export const oneCluster: Row = {
  id: 'one-cluster',
  what: 'diagnosis of one cluster of 1,000 Services',
  goal: `linear (ratio of twice the Services ≤ ${mostRatio}, with the same nodes)`,
  async measure() {
    const nodesPerCluster = 30;
    return resultOf(await measureAll((factor) => ({ ...bigCluster(125 * factor), nodesPerCluster })), null);
  },
};

/** The reports of the largest account. */
export const rendering: Row = {
  id: 'rendering',
  what: 'reports of 3,000 target groups',
  goal: null,
  async measure() {
    const { rendered, causes } = await diagnose(bigAccount);
    const [html] = rendered;
    return {
      result: `HTML ${html?.cpuSeconds.toFixed(2)} CPU s, ${html?.kB} kB, ${causes} diagnoses`,
      met: null,
      tables: [{ title: 'Reports of the largest account', lines: rendered.map(rounded) }],
    };
  },
};

const diagnose = (shape: Shape): Promise<DiagnosisRun> =>
  child(['--expose-gc', 'scripts/bench/rows/diagnosis-run.ts', JSON.stringify(shape)]);

async function measureAll(shapeOf: (factor: number) => Shape): Promise<DiagnosisRun[]> {
  const runs: DiagnosisRun[] = [];
  for (const factor of factors) runs.push(await diagnose(shapeOf(factor)));
  return runs;
}

function resultOf(runs: DiagnosisRun[], mostSeconds: number | null): Result {
  const growth = growthOf(runs.map(({ cpuSeconds }) => cpuSeconds));
  const last = runs.at(-1)?.cpuSeconds ?? 0;
  const isLinear = growth.ratios.every((ratio) => ratio <= mostRatio);
  return {
    result: `${last.toFixed(1)} CPU s; ratios ${formatGrowth(growth)}`,
    met: isLinear && (mostSeconds === null || last <= mostSeconds),
    tables: [
      {
        title: 'At 1×, 2×, 4×, 8×',
        lines: runs.map(({ rendered: _, ...figures }, index) => ({ size: `${factors[index]}×`, ...rounded(figures) })),
      },
    ],
  };
}

const rounded = (figures: Record<string, string | number>): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [
      name,
      typeof value === 'number' ? Number(value.toFixed(2)) : value,
    ]),
  );
