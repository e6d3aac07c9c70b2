import { assess } from '../../../core/diagnosis/assess.ts';
import type { Diagnosis } from '../../../core/model/diagnosis.ts';
import type { Facts } from '../../../core/model/facts.ts';
import { connect } from '../../../io/aws/clients.ts';
import { observe } from '../../../io/observe.ts';
import { inEnvironment } from '../../../lab/in-environment.ts';
import type { LiveCluster } from './live-cluster.ts';

/** What the product read and concluded of the live cluster, with the world's names for what moto has names of its own. */
export interface LiveAudit {
  facts: Facts;
  diagnoses: Diagnosis[];
}

interface AuditOptions {
  /** True where the targets listen. */
  probe: boolean;
  /** Seconds by which what was read is taken to be older: some causes are named only of what lasts. */
  later?: number;
}

/** The whole line against the live cluster. */
export const auditLive = ({ env, ...cluster }: LiveCluster, options: AuditOptions): Promise<LiveAudit> =>
  inEnvironment(env, () => auditHere(cluster, options));

async function auditHere(
  { names }: Pick<LiveCluster, 'names'>,
  { probe, later = 0 }: AuditOptions,
): Promise<LiveAudit> {
  const clients = connect({ callsPerSecond: 1000, signal: AbortSignal.timeout(90_000) });
  try {
    const { run, inventory, facts: read } = await observe(clients, { probe });
    const all = read.map((each) => ({ ...each, takenAt: moved(each.takenAt, later) }));
    const facts = all.find(({ cluster }) => cluster?.name === 'shop');
    if (facts === undefined) throw new Error('nothing was read of cluster shop');
    return names.translate({ facts, diagnoses: assess({ run, inventory, facts: all }).report.diagnoses });
  } finally {
    clients.close();
  }
}

const moved = (moment: string, seconds: number): string => new Date(Date.parse(moment) + seconds * 1000).toISOString();
