import { recordEvent } from './event.ts';
import type { AtLeastOne, ContainerSpec } from './kubernetes-object.ts';
import { before, hour, minute } from './moment.ts';
import { ensureNamespace } from './namespace.ts';
import { metadata, objectsOf, put } from './object.ts';
import { endRun } from './pod/end-run.ts';
import { addPod, statusesOf } from './pod/pod.ts';
import type { World, WorldCluster } from './world.ts';

/** Adds what is in every cluster and has nothing to do with load balancers: a completed Job, and an old event. */
export function addNoise(world: World, cluster: WorldCluster): void {
  const [node] = objectsOf(cluster, 'Node');
  if (node === undefined) return;
  ensureNamespace(world, cluster, 'batch');
  const containers: AtLeastOne<ContainerSpec> = [
    { name: 'report', image: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/report:3.0.1' },
  ];
  const job = put(cluster, {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metadata(world, cluster, {
      kind: 'Job',
      namespace: 'batch',
      name: 'nightly-report',
      ageSeconds: 7 * hour,
    }),
    spec: { completions: 1, parallelism: 1, template: { spec: { containers, restartPolicy: 'Never' } } },
    status: { succeeded: 1 },
  });
  const pod = addPod(world, cluster, {
    namespace: 'batch',
    name: 'nightly-report-x7k2q',
    labels: { 'job-name': 'nightly-report' },
    owner: job,
    nodeName: node.metadata.name,
    containers,
    ageSeconds: 7 * hour,
    log: ['report written'],
  });
  const finishedAt = before(world.now, 7 * hour - 5 * minute);
  pod.spec.restartPolicy = 'Never';
  pod.status.phase = 'Succeeded';
  for (const condition of pod.status.conditions) {
    if (condition.type !== 'Ready' && condition.type !== 'ContainersReady') continue;
    Object.assign(condition, { status: 'False', reason: 'PodCompleted', lastTransitionTime: finishedAt });
  }
  for (const status of statusesOf(pod)) {
    endRun(status, { exitCode: 0, reason: 'Completed', finishedAt });
  }
  recordEvent(world, cluster, {
    about: node,
    type: 'Normal',
    reason: 'NodeHasSufficientMemory',
    message: `Node ${node.metadata.name} status is now: NodeHasSufficientMemory`,
    component: 'kubelet',
    ageSeconds: 50 * minute,
  });
}
