import { isDeepStrictEqual } from 'node:util';
import { copyOf } from '../copy.ts';
import type { Deployment, Pod, ReplicaSet } from '../world/kubernetes-object.ts';
import { removePod } from '../world/pod/pod.ts';
import { addReplicaSet, replicaSetsOf } from '../world/pod/replica-set.ts';
import { podsOf } from '../world/pod/workload.ts';
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
  const replicaSet = earlier ?? addVersion(world, cluster, deployment);
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
      ...(like && { like: boundAsArgued(withProcesses(cluster, like), deployment) }),
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

/** A process that its arguments bound to the loopback address is bound to all once they no longer do. */
function boundAsArgued(like: ReturnType<typeof withProcesses>, { spec }: Deployment): ReturnType<typeof withProcesses> {
  const isBound = spec.template.spec.containers.some(({ args = [] }) =>
    args.some((each) => each.includes('127.0.0.1')),
  );
  return isBound ? like : { ...like, processes: like.processes.map(({ loopback: _, ...rest }) => rest) };
}

/** The pod with what its processes do. */
export const withProcesses = (cluster: WorldCluster, pod: Pod) => ({
  ...pod,
  processes: copyOf(cluster.processes[`${pod.metadata.namespace}/${pod.metadata.name}`] ?? []),
});

const isMadeFrom = ({ spec }: ReplicaSet, deployment: Deployment): boolean =>
  isDeepStrictEqual(essence(spec.template), essence(deployment.spec.template));

/** The template without the label that tells ReplicaSets apart. */
function essence({ metadata: { labels, annotations = {} }, spec }: Deployment['spec']['template']) {
  const { 'pod-template-hash': _, ...rest } = labels;
  return { rest, annotations, spec };
}

function addVersion(world: World, cluster: WorldCluster, deployment: Deployment): ReplicaSet {
  const template = copyOf(deployment.spec.template);
  const { replicas } = deployment.spec;
  return addReplicaSet(world, cluster, {
    deployment,
    version: JSON.stringify(template),
    template,
    replicas,
    ageSeconds: 0,
  });
}
