import { recordEvent } from '../world/event.ts';
import type { Node, NodeCondition, Pod, PodCondition } from '../world/kubernetes-object.ts';
import { before, minute } from '../world/moment.ts';
import { objectsOf } from '../world/object.ts';
import { statusesOf } from '../world/pod/pod.ts';
import type { World, WorldCluster } from '../world/world.ts';
import { type ProbeReport, runProbe } from './kubelet-probe.ts';

/** Faults began this long before `world.now`: long enough that deregistration delays (300 s) are over. */
export const faultAgeSeconds = 15 * minute;

/**
 * Runs every container's readiness probe against the pod's processes and writes the pods' Ready conditions, as the
 * kubelet does.
 */
export function runReadinessProbes(world: World, cluster: WorldCluster): void {
  for (const pod of objectsOf(cluster, 'Pod')) {
    if (pod.status.phase !== 'Running') continue;
    const lostSince = nodeLostSince(cluster, pod);
    if (lostSince !== undefined) {
      markLost(pod, lostSince);
      continue;
    }
    for (const status of statusesOf(pod)) {
      const readinessProbe = pod.spec.containers.find(({ name }) => name === status.name)?.readinessProbe;
      const { namespace, name } = pod.metadata;
      const report = readinessProbe && runProbe(readinessProbe, pod, cluster.processes[`${namespace}/${name}`] ?? []);
      status.ready = status.state.running !== undefined && (report?.isReady ?? true);
      if (report !== undefined && status.state.running) recordReport({ world, cluster, pod, report });
    }
    writeConditions(world, pod);
  }
}

interface Reported {
  world: World;
  cluster: WorldCluster;
  pod: Pod;
  report: ProbeReport;
}

function recordReport({ world, cluster, pod, report: { reason, words } }: Reported): void {
  recordEvent(world, cluster, {
    about: pod,
    type: 'Warning',
    reason,
    message: `Readiness probe ${words}`,
    component: 'kubelet',
    ageSeconds: 8,
    lastingSeconds: faultAgeSeconds,
    count: Math.floor(faultAgeSeconds / 10),
  });
}

function writeConditions(world: World, pod: Pod): void {
  const unready = statusesOf(pod).filter(({ ready }) => !ready);
  const gates = unready.length === 0 ? closedGates(pod) : undefined;
  for (const condition of pod.status.conditions) {
    if (condition.type !== 'Ready' && condition.type !== 'ContainersReady') continue;
    const isGated = gates !== undefined && condition.type === 'Ready';
    const status = unready.length === 0 && !isGated ? 'True' : 'False';
    if (condition.status === status) continue;
    condition.status = status;
    condition.lastTransitionTime = before(world.now, faultAgeSeconds);
    delete condition.reason;
    delete condition.message;
    if (status === 'True') continue;
    condition.reason = isGated ? 'ReadinessGatesNotReady' : 'ContainersNotReady';
    condition.message = isGated
      ? gates
      : `containers with unready status: [${unready.map(({ name }) => name).join(' ')}]`;
  }
}

/** The kubelet's words for readiness gates that are not fulfilled (kubernetes/kubernetes pkg/kubelet/status/generate.go). */
function closedGates({ spec, status }: Pod): string | undefined {
  const closed = (spec.readinessGates ?? []).flatMap(({ conditionType }) => {
    const condition = status.conditions.find(({ type }) => type === conditionType);
    if (condition === undefined)
      return [`corresponding condition of pod readiness gate "${conditionType}" does not exist.`];
    if (condition.status === 'True') return [];
    return [`the status of pod readiness gate "${conditionType}" is not "True", but ${condition.status}`];
  });
  return closed.length === 0 ? undefined : closed.join(', ');
}

/** Since when the pod's Node is not Ready, `undefined` while it is. */
function nodeLostSince(cluster: WorldCluster, pod: Pod): string | undefined {
  const node = objectsOf(cluster, 'Node').find(({ metadata }) => metadata.name === pod.spec.nodeName);
  const ready = node && readyCondition(node);
  return ready === undefined || ready.status === 'True' ? undefined : ready.lastTransitionTime;
}

/**
 * Nobody hears of the containers of a lost node any more: the node lifecycle controller sets only the Ready condition
 * (kubernetes/kubernetes pkg/controller/util/node, MarkPodsNotReady).
 */
function markLost(pod: Pod, since: string): void {
  const ready = readyCondition(pod);
  if (ready) Object.assign(ready, { status: 'False', lastTransitionTime: since });
}

/** The Ready condition of a Pod or Node. */
export const readyCondition = ({ status }: Pod | Node): PodCondition | NodeCondition | undefined =>
  status.conditions.find(({ type }) => type === 'Ready');

export const isReady = (object: Pod | Node): boolean => readyCondition(object)?.status === 'True';
