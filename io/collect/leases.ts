import type { V1Lease } from '@kubernetes/client-node';
import type { Lease } from '../../core/kubernetes.ts';
import { known } from '../known.ts';
import type { Connection } from '../kubernetes/connection.ts';
import { kubernetesReads } from '../permissions.ts';
import { statusOf } from '../refusal.ts';
import { timeOf } from '../time.ts';
import { metadataOf } from './metadata.ts';

const names = kubernetesReads.flatMap((read) => (read.resource === 'leases' ? (read.names ?? []) : []));

/** Those Leases of kube-system that exist and belong to a load balancing controller. */
export async function readLeases(connection: Connection): Promise<Lease[]> {
  const answers = await Promise.all(names.map((name) => read(connection, name)));
  return answers.flat();
}

async function read(connection: Connection, name: string): Promise<Lease[]> {
  try {
    const answer = await connection.call('get leases', () =>
      connection.coordination.readNamespacedLease({ name, namespace: 'kube-system' }),
    );
    return [project(answer)];
  } catch (error) {
    if (statusOf(error) === 404) return [];
    throw error;
  }
}

const project = ({ metadata, spec }: V1Lease): Lease => ({
  metadata: metadataOf(metadata),
  spec: known({
    holderIdentity: spec?.holderIdentity,
    leaseDurationSeconds: spec?.leaseDurationSeconds,
    renewTime: timeOf(spec?.renewTime),
  }),
});
