import type { V1DaemonSet, V1Deployment, V1ReplicaSet, V1StatefulSet } from '@kubernetes/client-node';
import * as z from 'zod';
import type { Workload } from '../../core/model/kubernetes.ts';
import type { Connection } from './client/connection.ts';
import { list } from './client/list.ts';
import type { Pool } from './client/pool.ts';
import { shapeOf } from './client/wire.ts';
import { conditionsOf } from './conditions.ts';
import { containers, containersOf } from './containers.ts';
import { metadataOf } from './metadata.ts';
import { conditions, managedMetadata, number, texts } from './shapes.ts';

const template = z
  .object({ metadata: z.object({ labels: texts }).nullish(), spec: z.object({ containers }).nullish() })
  .nullish();
const replicatedShape = z.object({
  metadata: managedMetadata,
  spec: z.object({ replicas: number, template }).nullish(),
  status: z
    .object({
      replicas: number,
      readyReplicas: number,
      updatedReplicas: number,
      availableReplicas: number,
      conditions,
    })
    .nullish(),
});
const daemonSet = shapeOf<V1DaemonSet>()(
  z.object({
    metadata: managedMetadata,
    spec: z.object({ template }).nullish(),
    status: z
      .object({
        desiredNumberScheduled: number,
        currentNumberScheduled: number,
        numberReady: number,
        updatedNumberScheduled: number,
        numberAvailable: number,
        conditions,
      })
      .nullish(),
  }),
);

/** A kind of workload; each is a permission of its own. */
export interface WorkloadRead {
  action: string;
  read(connection: Connection, kept?: Workload[]): Promise<Workload[]>;
}

const replicatedRead = (
  kind: 'Deployment' | 'StatefulSet' | 'ReplicaSet',
  shape: typeof replicatedShape,
  fromCache: boolean,
): WorkloadRead => {
  const action = `list ${kind.toLowerCase()}s`;
  const path = `/apis/apps/v1/${kind.toLowerCase()}s`;
  const keep = (answer: z.output<typeof replicatedShape>, pool: Pool) => replicated(kind, answer, pool);
  return { action, read: (connection, kept) => list(connection, { action, path, shape, keep, fromCache }, kept) };
};

/** How to read each kind of workload. Of ReplicaSets there may be ten times as many as of Deployments. */
export const workloadReads: WorkloadRead[] = [
  replicatedRead('Deployment', shapeOf<V1Deployment>()(replicatedShape), true),
  replicatedRead('StatefulSet', shapeOf<V1StatefulSet>()(replicatedShape), true),
  replicatedRead('ReplicaSet', shapeOf<V1ReplicaSet>()(replicatedShape), false),
  {
    action: 'list daemonsets',
    read: (connection, kept) =>
      list(
        connection,
        {
          action: 'list daemonsets',
          path: '/apis/apps/v1/daemonsets',
          shape: daemonSet,
          keep: projectDaemonSet,
          fromCache: true,
        },
        kept,
      ),
  },
];

const templateOf = (
  answer: z.output<typeof template>,
  place: { namespace: string | null | undefined; pool: Pool },
): Workload['spec']['template'] => ({
  labels: place.pool.value(answer?.metadata?.labels ?? {}),
  containers: containersOf(answer?.spec?.containers, place),
});

/** A missing `spec.replicas` means 1 (apps/v1 defaults). */
function replicated(
  kind: 'Deployment' | 'StatefulSet' | 'ReplicaSet',
  { metadata, spec, status }: z.output<typeof replicatedShape>,
  pool: Pool,
): Workload {
  return {
    kind,
    metadata: metadataOf(metadata, pool),
    spec: {
      replicas: spec?.replicas ?? 1,
      template: templateOf(spec?.template, { namespace: metadata.namespace, pool }),
    },
    status: {
      replicas: status?.replicas ?? 0,
      readyReplicas: status?.readyReplicas ?? 0,
      updatedReplicas: status?.updatedReplicas ?? 0,
      availableReplicas: status?.availableReplicas ?? 0,
      conditions: conditionsOf(status?.conditions, pool),
    },
  };
}

const projectDaemonSet = ({ metadata, spec, status }: z.output<typeof daemonSet>, pool: Pool): Workload => ({
  kind: 'DaemonSet',
  metadata: metadataOf(metadata, pool),
  spec: {
    replicas: status?.desiredNumberScheduled ?? 0,
    template: templateOf(spec?.template, { namespace: metadata.namespace, pool }),
  },
  status: {
    replicas: status?.currentNumberScheduled ?? 0,
    readyReplicas: status?.numberReady ?? 0,
    updatedReplicas: status?.updatedNumberScheduled ?? 0,
    availableReplicas: status?.numberAvailable ?? 0,
    conditions: conditionsOf(status?.conditions, pool),
  },
});
