import { onTestFinished, vi } from 'vitest';
import { assess } from '../../../core/diagnosis/assess.ts';
import type { Diagnosis } from '../../../core/model/diagnosis.ts';
import type { Facts } from '../../../core/model/facts.ts';
import { connect } from '../../../io/aws/clients.ts';
import { observe } from '../../../io/observe.ts';
import { startLab } from '../../../lab/start.ts';
import { accessEntries } from '../../../lab/wire/access-entries.ts';
import { serveAws } from '../../../lab/wire/aws/endpoint.ts';
import { eks } from '../../../lab/wire/eks.ts';
import type { World } from '../../../lab/world/world.ts';
import type { ControlPlane } from './control-plane.ts';

export interface Audit {
  facts: Facts[];
  diagnoses: Diagnosis[];
  /** How many requests about cluster shop the lab itself answered. */
  askedOfLab: number;
}

export interface AuditOptions {
  /** Whether this machine can bind the addresses of the world, so that targets listen and are probed. */
  probing: boolean;
  /** The API server of the cluster that the name says; the lab's own for every other one. */
  planes?: Record<string, ControlPlane>;
}

/** The whole line against a lab, some of whose clusters have a real API server. */
export async function auditWorld(world: World, { probing, planes = {} }: AuditOptions): Promise<Audit> {
  const lab = await startLab(world, { sockets: probing });
  onTestFinished(() => lab.close());
  const clusters = lab.world.clusters.map((cluster) => {
    const plane = planes[cluster.cluster.name];
    if (plane === undefined) return cluster;
    const { endpoint, certificateAuthority } = plane;
    return { ...cluster, cluster: { ...cluster.cluster, endpoint, certificateAuthority } };
  });
  const described = await serveAws(
    { ...lab.world, clusters },
    { services: { eks: eks(accessEntries()) }, admit: () => true, record: () => undefined },
  );
  onTestFinished(described.close);
  for (const [name, value] of Object.entries({ ...lab.env, AWS_ENDPOINT_URL_EKS: described.url }))
    vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());

  const clients = connect({ callsPerSecond: 1000, signal: AbortSignal.timeout(60_000) });
  try {
    const { run, inventory, facts: read } = await observe(clients, { probe: probing });
    const facts = read.map((each) => ({ ...each, takenAt: world.now }));
    const askedOfLab = lab.calls.filter(({ service }) => service === 'kubernetes/shop').length;
    return { facts, diagnoses: assess({ run, inventory, facts }).report.diagnoses, askedOfLab };
  } finally {
    clients.close();
    await lab.close();
  }
}
