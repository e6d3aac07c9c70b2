import type { Deployment, Pod } from '../world/kubernetes-object.ts';
import { before } from '../world/moment.ts';
import { isOwnedBy, objectsOf } from '../world/object.ts';
import type { World, WorldCluster } from '../world/world.ts';
import { faultAgeSeconds, isReady } from './kubelet.ts';

/** Counts the pods of ReplicaSets and Deployments into their status, as kube-controller-manager does. */
export function writeWorkloadStatus(world: World, cluster: WorldCluster): void {
  const pods = objectsOf(cluster, 'Pod');
  const replicaSets = objectsOf(cluster, 'ReplicaSet');
  for (const replicaSet of replicaSets) {
    const own = pods.filter((pod) => isOwnedBy(pod, replicaSet) && isActive(pod));
    const ready = own.filter(isReady).length;
    replicaSet.status = {
      replicas: own.length,
      fullyLabeledReplicas: own.length,
      readyReplicas: ready,
      availableReplicas: ready,
      observedGeneration: 1,
    };
  }
  for (const deployment of objectsOf(cluster, 'Deployment')) {
    const own = replicaSets.filter((replicaSet) => isOwnedBy(replicaSet, deployment));
    const sum = (field: 'replicas' | 'readyReplicas' | 'availableReplicas') =>
      own.reduce((total, { status }) => total + (status[field] ?? 0), 0);
    const available = sum('availableReplicas');
    deployment.status = {
      ...deployment.status,
      replicas: sum('replicas'),
      readyReplicas: sum('readyReplicas'),
      availableReplicas: available,
      unavailableReplicas: Math.max(0, deployment.spec.replicas - available),
      updatedReplicas: own.at(-1)?.status.replicas ?? 0,
      observedGeneration: deployment.metadata.generation ?? 1,
    };
    writeAvailability(world, deployment, available);
  }
}

/** Pods that ended or are being deleted no longer count (kubernetes/kubernetes pkg/controller, FilterActivePods). */
const isActive = ({ metadata, status }: Pod): boolean =>
  metadata.deletionTimestamp === undefined && !['Succeeded', 'Failed'].includes(status.phase);

/** With `maxUnavailable: 25%`, rounded down, a Deployment is available while three quarters of its pods are. */
function writeAvailability(world: World, deployment: Deployment, available: number): void {
  const { replicas } = deployment.spec;
  const enough = available >= replicas - Math.floor(replicas / 4);
  const condition = deployment.status.conditions[0];
  if ((condition.status === 'True') === enough) return;
  const since = before(world.now, faultAgeSeconds);
  Object.assign(condition, {
    status: enough ? 'True' : 'False',
    reason: enough ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
    message: enough ? 'Deployment has minimum availability.' : 'Deployment does not have minimum availability.',
    lastTransitionTime: since,
    lastUpdateTime: since,
  });
}
