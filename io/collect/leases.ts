import type { V1Lease } from '@kubernetes/client-node';
import * as z from 'zod';
import type { Lease } from '../../core/kubernetes.ts';
import { known } from '../known.ts';
import type { Connection } from '../kubernetes/connection.ts';
import { readNamed } from '../kubernetes/named.ts';
import type { Pool } from '../kubernetes/pool.ts';
import { metadata, number, text, time } from '../kubernetes/shapes.ts';
import { shapeOf } from '../kubernetes/wire.ts';
import { kubernetesReads } from '../permissions.ts';
import { timeOf } from '../time.ts';
import { metadataOf } from './metadata.ts';

const names = kubernetesReads.flatMap((read) => (read.resource === 'leases' ? (read.names ?? []) : []));

const lease = shapeOf<V1Lease>()(
  z.object({
    metadata,
    spec: z.object({ holderIdentity: text, leaseDurationSeconds: number, renewTime: time }).nullish(),
  }),
);

/** Those Leases of kube-system that exist and belong to a load balancing controller. */
export const readLeases = (connection: Connection): Promise<Lease[]> =>
  readNamed(connection, {
    action: 'get leases',
    path: '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases',
    names,
    shape: lease,
    keep: project,
  });

const project = ({ metadata, spec }: z.output<typeof lease>, pool: Pool): Lease => ({
  metadata: metadataOf(metadata, pool),
  spec: known({
    holderIdentity: spec?.holderIdentity,
    leaseDurationSeconds: spec?.leaseDurationSeconds,
    renewTime: timeOf(spec?.renewTime),
  }),
});
