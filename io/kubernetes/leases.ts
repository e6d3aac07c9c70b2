import type { V1Lease } from '@kubernetes/client-node';
import * as z from 'zod';
import { kubernetesReads } from '../../config/permissions.ts';
import type { Lease } from '../../core/model/kubernetes.ts';
import { known } from '../aws/known.ts';
import { timeOf } from '../aws/time.ts';
import type { Connection } from './client/connection.ts';
import type { Pool } from './client/pool.ts';
import { shapeOf } from './client/wire.ts';
import { metadataOf } from './metadata.ts';
import { readNamed } from './named.ts';
import { metadata, number, text, time } from './shapes.ts';

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
