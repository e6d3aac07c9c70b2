import { isDeepStrictEqual } from 'node:util';
import { copyOf } from '../copy.ts';
import { nameSuffix } from '../world/identifier.ts';
import type { DaemonSet, Pod, ReplicaSet } from '../world/kubernetes-object.ts';
import { minute } from '../world/moment.ts';
import { objectsOf } from '../world/object.ts';
import { addPod, releaseAddress, statusesOf } from '../world/pod/pod.ts';
import { answering } from '../world/pod/workload.ts';
import type { Process, World, WorldCluster } from '../world/world.ts';
import { admitPod } from './admit-pod.ts';

export interface Start {
  owner: ReplicaSet | DaemonSet;
  nodeName: string;
  /** The pod in the place of which it comes, with what its processes do; without one they answer on the declared ports. */
  like?: Pick<Pod, 'metadata' | 'spec' | 'status'> & { processes: Process[] };
}

/** Long enough for readiness, registration and health checks: what follows from a change has followed at once. */
const settledSeconds = 20 * minute;

/**
 * Starts a pod from the template of its owner. It does what the one before did, faults included, since the same program runs in it;
 * but for faults that are of the machine or of the one run, and those that the changed template removes.
 */
export function startPod(world: World, cluster: WorldCluster, { owner, nodeName, like }: Start): Pod {
  const { namespace, name } = owner.metadata;
  const template = copyOf(owner.spec.template);
  const taken = objectsOf(cluster, 'Pod').length;
  const [first] = template.spec.containers;
  const declared = (first.ports ?? []).filter(({ protocol }) => protocol !== 'UDP');
  const pod = addPod(world, cluster, {
    namespace,
    name: `${name}-${nameSuffix(`${cluster.cluster.name}/${namespace}/${name} ${like?.metadata.name ?? ''} ${taken} ${world.now}`, 5)}`,
    labels: template.metadata.labels,
    owner,
    nodeName,
    containers: template.spec.containers,
    processes: like?.processes ?? declared.map(({ containerPort: port }) => ({ port, behaviour: answering() })),
    hostNetwork: template.spec.hostNetwork ?? false,
    ageSeconds: settledSeconds,
    log: [],
  });
  pod.metadata.annotations = { ...template.metadata.annotations };
  admitPod(cluster, pod, like);
  if (like !== undefined && keepsFault(like, pod)) takeFault(world, pod, like);
  return pod;
}

/** An evicted pod leaves its fault behind; more memory, another command and a probe that a person changed remove theirs. */
function keepsFault(like: Pick<Pod, 'spec' | 'status'>, { spec }: Pod): boolean {
  if (like.status.phase === 'Failed' || like.status.phase === 'Succeeded') return false;
  const [before] = like.spec.containers;
  const [after] = spec.containers;
  const isOutOfMemory = statusesOf(like as Pod).some(({ lastState }) => lastState?.terminated?.reason === 'OOMKilled');
  if (isOutOfMemory) return memoryOf(after) <= memoryOf(before);
  if (!isDeepStrictEqual(before.livenessProbe, after.livenessProbe)) return false;
  return JSON.stringify([before.command, before.args]) === JSON.stringify([after.command, after.args]);
}

function memoryOf({ resources }: { resources?: { limits?: Record<string, string> } }): number {
  const [, number = '', unit = ''] = /^(\d+)(\w*)$/.exec(resources?.limits?.['memory'] ?? '') ?? [];
  const units: Record<string, number> = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, k: 1e3, M: 1e6, G: 1e9 };
  return number === '' ? Number.POSITIVE_INFINITY : Number(number) * (units[unit] ?? 1);
}

function takeFault(world: World, pod: Pod, like: Pick<Pod, 'spec' | 'status'>): void {
  const { phase, conditions, initContainerStatuses, podIP } = like.status;
  if (phase === 'Running' && statusesOf(like as Pod).every(({ state }) => state.running)) return;
  pod.status.phase = phase;
  pod.status.conditions = copyOf(conditions);
  if (initContainerStatuses) {
    pod.status.initContainerStatuses = copyOf(initContainerStatuses);
    pod.spec.initContainers = copyOf(like.spec.initContainers ?? []);
  }
  for (const status of statusesOf(pod)) {
    const before = statusesOf(like as Pod).find(({ name }) => name === status.name);
    if (before === undefined) continue;
    const { ready, started, state, lastState, restartCount } = copyOf(before);
    Object.assign(status, { ready, started, state, lastState, restartCount });
  }
  if (podIP !== undefined) return;
  releaseAddress(world, pod);
  delete pod.status.podIP;
  delete pod.status.podIPs;
}
