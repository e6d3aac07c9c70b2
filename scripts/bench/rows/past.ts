import type { PastWanted } from '../../../io/history/with-past.ts';
import type { RecordedCall } from '../../../lab/lab.ts';
import type { Scenario } from '../../../lab/scenario.ts';
import { startLab } from '../../../lab/start.ts';
import { before, minute } from '../../../lab/world/moment.ts';
import type { World } from '../../../lab/world/world.ts';
import { accountOf } from '../account.ts';
import { child } from '../child.ts';

/** What an audit took. */
export interface PastRun {
  totalMs: number;
  cpuMs: number;
  calls: number;
}

/** An account of the present moment, half an hour after in each cluster one of ten Services broke as in this scenario. */
export function brokenAccount(clusters: number, broken?: Scenario): World {
  const world = accountOf(clusters, 10, { now: new Date().toISOString(), ...(broken && { broken }) });
  return { ...world, past: { struckAt: before(world.now, 30 * minute), calls: [] } };
}

/** One audit of a world for each of these wishes, and the calls that the lab received of it. */
export async function auditsOf(
  world: World,
  wishes: PastWanted[],
): Promise<(PastRun & { wanted: PastWanted; received: RecordedCall[] })[]> {
  const lab = await startLab(world, { sockets: false });
  const runs: (PastRun & { wanted: PastWanted; received: RecordedCall[] })[] = [];
  for (const wanted of wishes) {
    lab.calls.splice(0);
    const { metrics, changes, flowLogs } = wanted;
    const run = await child<PastRun>(['scripts/bench/rows/past-run.ts', metrics, changes, flowLogs], lab.env);
    runs.push({ ...run, wanted, received: [...lab.calls] });
  }
  await lab.close();
  return runs;
}
