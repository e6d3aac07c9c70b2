import { assess } from '../../core/diagnosis/assess.ts';
import type { Report } from '../../core/model/report.ts';
import { connect } from '../../io/aws/clients.ts';
import { observe } from '../../io/observe.ts';
import { inEnvironment } from '../../lab/in-environment.ts';
import type { Lab } from '../../lab/lab.ts';

/** The whole line against a lab that runs, in this process; ages count from the moment of its world. */
export const auditLab = (lab: Lab): Promise<Report> => inEnvironment(lab.env, () => audit(lab));

async function audit(lab: Lab): Promise<Report> {
  const clients = connect({ callsPerSecond: 1000, signal: AbortSignal.timeout(300_000) });
  try {
    const { run, inventory, facts } = await observe(clients, { id: 'run', probe: true });
    const { now } = lab.world;
    return assess({
      run: { ...run, startedAt: now, finishedAt: now },
      inventory,
      facts: facts.map((each) => ({ ...each, takenAt: now })),
    }).report;
  } finally {
    clients.close();
  }
}
