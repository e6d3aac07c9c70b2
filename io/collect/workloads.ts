import type {
  V1DaemonSet,
  V1Deployment,
  V1PodTemplateSpec,
  V1ReplicaSet,
  V1StatefulSet,
} from '@kubernetes/client-node';
import type { Workload } from '../../core/kubernetes.ts';
import type { Connection } from '../kubernetes/connection.ts';
import { list } from '../kubernetes/list.ts';
import { conditionsOf } from './conditions.ts';
import { containersOf } from './containers.ts';
import { metadataOf } from './metadata.ts';

/** How to read each kind of workload; each is a permission of its own. */
export const workloadReads: { action: string; read(connection: Connection): Promise<Workload[]> }[] = [
  {
    action: 'list deployments',
    read: (connection) =>
      list(connection, {
        action: 'list deployments',
        page: (query) => connection.apps.listDeploymentForAllNamespaces(query),
        keep: (answer) => replicated('Deployment', answer),
      }),
  },
  {
    action: 'list statefulsets',
    read: (connection) =>
      list(connection, {
        action: 'list statefulsets',
        page: (query) => connection.apps.listStatefulSetForAllNamespaces(query),
        keep: (answer) => replicated('StatefulSet', answer),
      }),
  },
  {
    action: 'list replicasets',
    read: (connection) =>
      list(connection, {
        action: 'list replicasets',
        page: (query) => connection.apps.listReplicaSetForAllNamespaces(query),
        keep: (answer) => replicated('ReplicaSet', answer),
      }),
  },
  {
    action: 'list daemonsets',
    read: (connection) =>
      list(connection, {
        action: 'list daemonsets',
        page: (query) => connection.apps.listDaemonSetForAllNamespaces(query),
        keep: daemonSet,
      }),
  },
];

const template = (pod: V1PodTemplateSpec | undefined): Workload['spec']['template'] => ({
  labels: pod?.metadata?.labels ?? {},
  containers: containersOf(pod?.spec?.containers),
});

/** A missing `spec.replicas` means 1 (apps/v1 defaults). */
function replicated(
  kind: 'Deployment' | 'StatefulSet' | 'ReplicaSet',
  { metadata, spec, status }: V1Deployment | V1StatefulSet | V1ReplicaSet,
): Workload {
  const updated = status !== undefined && 'updatedReplicas' in status ? status.updatedReplicas : undefined;
  return {
    kind,
    metadata: metadataOf(metadata),
    spec: { replicas: spec?.replicas ?? 1, template: template(spec?.template) },
    status: {
      replicas: status?.replicas ?? 0,
      readyReplicas: status?.readyReplicas ?? 0,
      updatedReplicas: updated ?? 0,
      availableReplicas: status?.availableReplicas ?? 0,
      conditions: conditionsOf(status?.conditions),
    },
  };
}

const daemonSet = ({ metadata, spec, status }: V1DaemonSet): Workload => ({
  kind: 'DaemonSet',
  metadata: metadataOf(metadata),
  spec: { replicas: status?.desiredNumberScheduled ?? 0, template: template(spec?.template) },
  status: {
    replicas: status?.currentNumberScheduled ?? 0,
    readyReplicas: status?.numberReady ?? 0,
    updatedReplicas: status?.updatedNumberScheduled ?? 0,
    availableReplicas: status?.numberAvailable ?? 0,
    conditions: conditionsOf(status?.conditions),
  },
});
