import { assess } from '../../core/diagnosis/assess.ts';
import type { Report } from '../../core/model/report.ts';
import { connect } from '../../io/aws/clients.ts';
import { type FullObservation, observe } from '../../io/observe.ts';
import { inEnvironment } from '../../lab/in-environment.ts';
import type { Lab, RecordedCall } from '../../lab/lab.ts';
import { startLab } from '../../lab/start.ts';
import { unpaced } from '../../lab/unpaced.ts';
import type { World } from '../../lab/world/world.ts';
import { assertConforming } from '../service-model/assert-conforming.ts';

export interface Audit extends FullObservation {
  report: Report;
  /** What the lab received and answered. */
  calls: RecordedCall[];
}

/** The present moment to the second, so that ages come out whole, but for the first of a minute: counted in minutes, a minute more would have passed. */
export function thisSecond(): string {
  const second = Math.floor(Date.now() / 1000);
  return new Date((second % 60 === 0 ? second - 1 : second) * 1000).toISOString();
}

/**
 * The whole line against a world that the lab serves, in this process. The facts are dated with the world's own moment, so that
 * ages, and with them the words of the report, are the same each time. Throws where a request or an answer is not as the
 * API models say.
 */
export async function auditWorld(world: World): Promise<Audit> {
  const lab = await startLab(world);
  try {
    return await inEnvironment(lab.env, () => auditLab(world, lab));
  } finally {
    await lab.close();
  }
}

async function auditLab(world: World, lab: Lab): Promise<Audit> {
  const clients = connect({
    ...unpaced,
    signal: AbortSignal.timeout(60_000),
  });
  try {
    const { run, inventory, facts } = await observe(clients, {
      id: 'run',
      probe: true,
      // Only a world with a past has something to read of it.
      past: {
        metrics: world.past === undefined ? 'off' : 'all',
        changes: world.past?.calls === undefined ? 'off' : 'findings',
        flowLogs: world.flowLogs === undefined ? 'off' : 'findings',
      },
    });
    const dated = {
      run: { ...run, startedAt: world.now, finishedAt: world.now },
      inventory,
      facts: facts.map((each) => ({ ...each, takenAt: world.now })),
    };
    assertConforming(lab.calls);
    return { ...dated, report: assess(dated).report, calls: lab.calls };
  } finally {
    clients.close();
  }
}
