import { under } from '../model/indexed.ts';
import type { Pod, Workload } from '../model/kubernetes.ts';
import { makerOf } from './pod.ts';
import { kindAndName } from './workload.ts';

/** A workload whose pods are being replaced. */
export interface Rollout {
  /** `deployment/<name>`. */
  name: string;
  /** How far it has come, as an operator would say it. */
  progress: string;
}

/**
 * The rollout that the pod belongs to, while it is under way; `undefined` when the workload is at rest or past its progress
 * deadline (Kubernetes documentation, "Deployment status").
 */
export function rolloutOf(pod: Pod, workloads: Workload[]): Rollout | undefined {
  const workload = workloadBehind(pod, workloads);
  if (workload === undefined) return undefined;
  const { kind, metadata, spec, status } = workload;
  const progressing = status.conditions.find(({ type }) => type === 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') return undefined;
  const moves = progressing?.status === 'True' && progressing.reason !== 'NewReplicaSetAvailable';
  if (!moves && status.updatedReplicas >= spec.replicas) return undefined;
  const name = `${kind.toLowerCase()}/${metadata.name}`;
  return { name, progress: `${name} has replaced ${status.updatedReplicas} of ${spec.replicas} pods` };
}

/** The Deployment behind the pod's ReplicaSet, or the StatefulSet or DaemonSet that owns the pod. */
function workloadBehind(pod: Pod, workloads: Workload[]): Workload | undefined {
  const ownerOf = ({ metadata }: Pick<Pod, 'metadata'>) => {
    const owner = makerOf({ metadata });
    return under(workloads, kindAndName, owner && `${owner.kind} ${metadata.namespace}/${owner.name}`)[0];
  };
  const owner = ownerOf(pod);
  return owner?.kind === 'ReplicaSet' ? ownerOf(owner) : owner;
}
