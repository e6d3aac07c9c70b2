import { isDeepStrictEqual } from 'node:util';
import { nameSuffix } from '../world/identifier.ts';
import type { Deployment, Pod, ReplicaSet } from '../world/kubernetes-object.ts';
import { metadata, objectsOf, put } from '../world/object.ts';
import { removePod } from '../world/pod/pod.ts';
import { isOwnedBy, podsOf } from '../world/pod/workload.ts';
import type { World, WorldCluster } from '../world/world.ts';
import { nodeFor } from './node-for.ts';
import { startPod } from './start-pod.ts';

const revision = 'deployment.kubernetes.io/revision';

/** Carries out a changed Deployment to the end: another template replaces every pod, another number of replicas adds or removes some. */
export function followDeployment(
  world: World,
  cluster: WorldCluster,
  { before, after }: { before: Deployment; after: Deployment },
): void {
  const isNewTemplate = !isDeepStrictEqual(before.spec.template, after.spec.template);
  if (isNewTemplate) rollOut(world, cluster, after);
  else scale(world, cluster, after);
}

function rollOut(world: World, cluster: WorldCluster, deployment: Deployment): void {
  const leaving = podsOf(cluster, deployment);
  const all = replicaSetsOf(cluster, deployment);
  for (const each of all) each.metadata.annotations[revision] ??= deployment.metadata.annotations[revision] ?? '1';
  const earlier = all.find((each) => isMadeFrom(each, deployment));
  const replicaSet = earlier ?? addReplicaSet(world, cluster, deployment);
  const latest = Math.max(...all.map((each) => Number(each.metadata.annotations[revision])), 0) + 1;
  replicaSet.metadata.annotations[revision] = String(latest);
  deployment.metadata.annotations[revision] = String(latest);
  for (const each of all) each.spec.replicas = 0;
  replicaSet.spec.replicas = deployment.spec.replicas;
  for (let index = 0; index < deployment.spec.replicas; index += 1) {
    // What ran before the fault came does not have it.
    const like = earlier === undefined ? leaving[index % leaving.length] : undefined;
    startPod(world, cluster, {
      owner: replicaSet,
      nodeName: nodeFor(cluster, leaving[index]),
      ...(like && { like: withProcesses(cluster, like) }),
    });
  }
  for (const pod of leaving) removePod(world, cluster, pod);
}

function scale(world: World, cluster: WorldCluster, deployment: Deployment): void {
  const pods = podsOf(cluster, deployment);
  const { replicas } = deployment.spec;
  const replicaSet = replicaSetsOf(cluster, deployment).find((each) => isMadeFrom(each, deployment));
  if (replicaSet === undefined) return;
  replicaSet.spec.replicas = replicas;
  for (const pod of pods.slice(replicas)) removePod(world, cluster, pod);
  const [first] = pods;
  for (let index = pods.length; index < replicas; index += 1) {
    startPod(world, cluster, {
      owner: replicaSet,
      nodeName: nodeFor(cluster, undefined),
      ...(first && { like: withProcesses(cluster, first) }),
    });
  }
}

/** The pod with what its processes do. */
export const withProcesses = (cluster: WorldCluster, pod: Pod) => ({
  ...pod,
  processes: structuredClone(cluster.processes[`${pod.metadata.namespace}/${pod.metadata.name}`] ?? []),
});

const replicaSetsOf = (cluster: WorldCluster, deployment: Deployment): ReplicaSet[] =>
  objectsOf(cluster, 'ReplicaSet').filter((each) => isOwnedBy(each, deployment));

const isMadeFrom = ({ spec }: ReplicaSet, deployment: Deployment): boolean =>
  isDeepStrictEqual(essence(spec.template), essence(deployment.spec.template));

/** The template without the label that tells ReplicaSets apart. */
function essence({ metadata: { labels, annotations = {} }, spec }: Deployment['spec']['template']) {
  const { 'pod-template-hash': _, ...rest } = labels;
  return { rest, annotations, spec };
}

function addReplicaSet(world: World, cluster: WorldCluster, deployment: Deployment): ReplicaSet {
  const { namespace, name } = deployment.metadata;
  const template = structuredClone(deployment.spec.template);
  const hash = nameSuffix(`${cluster.cluster.name}/${namespace}/${name}/${JSON.stringify(template)}`, 10);
  const labels = { ...template.metadata.labels, 'pod-template-hash': hash };
  template.metadata.labels = labels;
  return put(cluster, {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: metadata(world, cluster, {
      kind: 'ReplicaSet',
      namespace,
      name: `${name}-${hash}`,
      labels,
      owner: deployment,
      ageSeconds: 0,
    }),
    spec: { replicas: deployment.spec.replicas, selector: { matchLabels: labels }, template },
    status: { replicas: deployment.spec.replicas },
  });
}
