import { copyOf } from '../copy.ts';
import type { Deployment } from '../world/kubernetes-object.ts';
import { before } from '../world/moment.ts';
import { removePod } from '../world/pod/pod.ts';
import { addReplicaSet, firstReplicaSetOf } from '../world/pod/replica-set.ts';
import { addReplica, podsOf } from '../world/pod/workload.ts';
import type { World, WorldCluster } from '../world/world.ts';

interface Rollout {
  deployment: Deployment;
  /** Seconds since the new version was applied. */
  ageSeconds: number;
}

/**
 * Begins to roll out a new version: the first pod of a new ReplicaSet runs beside the old ones and does not listen yet.
 * `minReadySeconds` keeps the Deployment from going on (kubernetes.io, Deployments).
 */
export function startRollout(world: World, cluster: WorldCluster, rollout: Rollout): void {
  const { deployment, ageSeconds } = rollout;
  const { namespace, name } = deployment.metadata;
  const { replicaSet } = addVersion(world, cluster, rollout);
  replicaSet.spec.replicas = 1;
  deployment.spec.minReadySeconds = 300;
  deployment.status.conditions.push({
    type: 'Progressing',
    status: 'True',
    reason: 'ReplicaSetUpdated',
    message: `ReplicaSet "${replicaSet.metadata.name}" is progressing.`,
    lastTransitionTime: before(world.now, ageSeconds),
    lastUpdateTime: before(world.now, ageSeconds),
  });
  const pod = addReplica(world, cluster, {
    replicaSet,
    options: { namespace, name },
    index: 0,
    ageSeconds: ageSeconds - 2,
  });
  cluster.processes[`${namespace}/${pod.metadata.name}`] = [];
  for (const container of pod.spec.containers) {
    cluster.logs[`${namespace}/${pod.metadata.name}/${container.name}`] = { current: ['filling caches'] };
  }
}

/** Rolls a new version out to the end: every pod of before is gone, and as many new ones are ready. */
export function completeRollout(world: World, cluster: WorldCluster, rollout: Rollout): void {
  const { deployment, ageSeconds } = rollout;
  const { namespace, name } = deployment.metadata;
  const leaving = podsOf(cluster, deployment);
  const process = cluster.processes[`${namespace}/${leaving[0]?.metadata.name}`]?.[0];
  const { old, replicaSet } = addVersion(world, cluster, rollout);
  for (const index of leaving.keys()) {
    addReplica(world, cluster, {
      replicaSet,
      options: { namespace, name, ...(process && { listensOn: process.port, behaviour: process.behaviour }) },
      index: leaving.length + index,
      ageSeconds: ageSeconds - 2,
    });
  }
  for (const pod of leaving) removePod(world, cluster, pod);
  old.spec.replicas = 0;
}

/** Adds the ReplicaSet of a new version, as many replicas as the old one, beside it. */
function addVersion(world: World, cluster: WorldCluster, { deployment, ageSeconds }: Rollout) {
  const { annotations } = deployment.metadata;
  const old = firstReplicaSetOf(cluster, deployment);
  const template = copyOf(old.spec.template);
  for (const container of template.spec.containers) container.image = container.image.replace(/:.*$/, ':1.5.0');
  const replicaSet = addReplicaSet(world, cluster, {
    deployment,
    version: '2',
    template,
    replicas: old.spec.replicas,
    running: 0,
    annotations: { 'deployment.kubernetes.io/revision': '2' },
    ageSeconds,
  });
  annotations['deployment.kubernetes.io/revision'] = '2';
  deployment.spec.template.spec = copyOf(template.spec);
  return { old, replicaSet };
}
