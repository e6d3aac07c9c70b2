import { nameSuffix } from '../world/identifier.ts';
import type { Deployment } from '../world/kubernetes-object.ts';
import { before } from '../world/moment.ts';
import { metadata, objectsOf, put } from '../world/object.ts';
import { removePod } from '../world/pod/pod.ts';
import { addReplica, isOwnedBy, podsOf } from '../world/pod/workload.ts';
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
  const { namespace, name, annotations } = deployment.metadata;
  const old = objectsOf(cluster, 'ReplicaSet').find((replicaSet) => isOwnedBy(replicaSet, deployment));
  if (old === undefined) throw new Error(`${name} has no ReplicaSet`);
  const hash = nameSuffix(`${cluster.cluster.name}/${namespace}/${name}/2`, 10);
  const labels = { ...deployment.spec.template.metadata.labels, 'pod-template-hash': hash };
  const spec = structuredClone(old.spec);
  spec.template.metadata.labels = labels;
  for (const container of spec.template.spec.containers) container.image = container.image.replace(/:.*$/, ':1.5.0');
  const replicaSet = put(cluster, {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: metadata(world, cluster, {
      kind: 'ReplicaSet',
      namespace,
      name: `${name}-${hash}`,
      labels,
      annotations: { 'deployment.kubernetes.io/revision': '2' },
      owner: deployment,
      ageSeconds,
    }),
    spec: { ...spec, selector: { matchLabels: labels } },
    status: { replicas: 0 },
  });
  annotations['deployment.kubernetes.io/revision'] = '2';
  deployment.spec.template.spec = structuredClone(spec.template.spec);
  return { old, replicaSet };
}
