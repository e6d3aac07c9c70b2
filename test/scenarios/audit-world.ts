import { conclude, type Run } from '../../core/conclude.ts';
import type { Facts } from '../../core/facts.ts';
import type { Inventory } from '../../core/inventory.ts';
import type { Report } from '../../core/report.ts';
import { connect } from '../../io/clients.ts';
import { collect } from '../../io/collect/collect.ts';
import { probeTargets } from '../../io/probe/probe-targets.ts';
import { survey } from '../../io/survey/survey.ts';
import type { RecordedCall } from '../../lab/lab.ts';
import { startLab } from '../../lab/start.ts';
import type { World } from '../../lab/world.ts';
import { assertConforming } from '../service-model/assert-conforming.ts';

export interface Audit {
  run: Run;
  inventory: Inventory;
  facts: Facts[];
  report: Report;
  /** What the lab received and answered. */
  calls: RecordedCall[];
}

/** The present moment to the second, so that ages come out whole. */
export const thisSecond = (): string => new Date(Math.floor(Date.now() / 1000) * 1000).toISOString();

/**
 * The whole line against a world that the lab serves, in this process. The facts are dated with the world's own moment, so that
 * ages, and with them the words of the report, are the same each time. Throws where a request or an answer is not as the
 * API models say.
 */
export async function auditWorld(world: World): Promise<Audit> {
  const lab = await startLab(world);
  const before = { ...process.env };
  Object.assign(process.env, lab.env);
  const signal = AbortSignal.timeout(60_000);
  const clients = connect({ callsPerSecond: 1000, signal });
  try {
    const inventory = await survey(clients, {});
    const collected = await collect(inventory, clients, {});
    const probed = await probeTargets(collected, signal);
    const facts = probed.map((each) => ({ ...each, takenAt: world.now }));
    const run = { id: 'run', startedAt: world.now, finishedAt: world.now, ...clients.usage() };
    assertConforming(lab.calls);
    return { run, inventory, facts, report: conclude(run, inventory, facts), calls: lab.calls };
  } finally {
    clients.close();
    await lab.close();
    process.env = before;
  }
}
