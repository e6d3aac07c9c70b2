import { recordEvent } from '../world/event.ts';
import type { Node, NodeCondition, Pod, PodCondition } from '../world/kubernetes-object.ts';
import { before, minute } from '../world/moment.ts';
import { objectsOf } from '../world/object.ts';
import { statusesOf } from '../world/pod/pod.ts';
import type { ContainerProbe } from '../world/pod/workload-options.ts';
import type { Behaviour, World, WorldCluster } from '../world/world.ts';

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
      const failure = readinessProbe && failureOf(readinessProbe, pod, cluster);
      status.ready = status.state.running !== undefined && failure === undefined;
      if (failure !== undefined && status.state.running) reportUnready({ world, cluster, pod, failure });
    }
    writeConditions(world, pod);
  }
}

/** The kubelet's words for a failed probe, `undefined` when it passes. */
function failureOf(probe: ContainerProbe, pod: Pod, cluster: WorldCluster): string | undefined {
  const wanted = probe.httpGet?.port ?? probe.tcpSocket?.port;
  if (wanted === undefined) return undefined;
  const port = containerPort(pod, wanted);
  const { namespace, name } = pod.metadata;
  const process = cluster.processes[`${namespace}/${name}`]?.find((candidate) => candidate.port === port);
  const address = `${pod.status.podIP}:${port}`;
  if (process === undefined || process.loopback) return `dial tcp ${address}: connect: connection refused`;
  if (!probe.httpGet) return undefined;
  const url = `${(probe.httpGet.scheme ?? 'HTTP').toLowerCase()}://${address}${probe.httpGet.path ?? '/'}`;
  return httpFailure(process.behaviour, url, probe);
}

function httpFailure(behaviour: Behaviour, url: string, probe: ContainerProbe): string | undefined {
  const late = `Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`;
  // The kubelet sits on the node and meets no loss on the way to it.
  if (behaviour.kind === 'lossy') return httpFailure(behaviour.behaviour, url, probe);
  if (behaviour.kind === 'tcp' || behaviour.kind === 'silent') return late;
  if (behaviour.kind === 'reset') return `Get "${url}": read: connection reset by peer`;
  if (behaviour.kind === 'banner') return `Get "${url}": net/http: HTTP/1.x transport connection broken`;
  if ((behaviour.delayMs ?? 0) >= (probe.timeoutSeconds ?? 1) * 1000) return late;
  if (behaviour.proxyProtocol === 'required') return `Get "${url}": read: connection reset by peer`;
  const refusal = tlsRefusal(behaviour, probe.httpGet?.scheme ?? 'HTTP');
  if (refusal !== undefined) return `Get "${url}": ${refusal}`;
  const host = probe.httpGet?.httpHeaders?.find(({ name }) => name === 'Host')?.value ?? new URL(url).host;
  const known = behaviour.allowedHosts?.includes(host) ?? true;
  const status = known ? statusOf(behaviour.paths, probe.httpGet?.path ?? '/') : 400;
  return status >= 200 && status < 400 ? undefined : `HTTP probe failed with statuscode: ${status}`;
}

/** Why an HTTP client does not come to ask: the kubelet trusts any certificate, and has none of its own. */
function tlsRefusal({ tls }: Extract<Behaviour, { kind: 'http' }>, scheme: string): string | undefined {
  if (scheme === 'HTTPS' && tls === undefined) return 'http: server gave HTTP response to HTTPS client';
  if (scheme !== 'HTTPS' && tls !== undefined) return 'read: connection reset by peer';
  return tls?.clientCertificate ? 'remote error: tls: certificate required' : undefined;
}

/** The status that an HTTP process gives to a path. */
export const statusOf = (paths: Record<string, number>, path: string): number => paths[path] ?? paths['*'] ?? 404;

/** The number behind a port of the pod that may be given by name. */
export function containerPort(pod: Pod, port: number | string): number | undefined {
  if (typeof port === 'number') return port;
  return pod.spec.containers.flatMap(({ ports = [] }) => ports).find(({ name }) => name === port)?.containerPort;
}

interface Unready {
  world: World;
  cluster: WorldCluster;
  pod: Pod;
  failure: string;
}

function reportUnready({ world, cluster, pod, failure }: Unready): void {
  recordEvent(world, cluster, {
    about: pod,
    type: 'Warning',
    reason: 'Unhealthy',
    message: `Readiness probe failed: ${failure}`,
    component: 'kubelet',
    ageSeconds: 8,
    lastingSeconds: faultAgeSeconds,
    count: Math.floor(faultAgeSeconds / 10),
  });
}

function writeConditions(world: World, pod: Pod): void {
  const unready = statusesOf(pod).filter(({ ready }) => !ready);
  const gate = unready.length === 0 ? closedGate(pod) : undefined;
  for (const condition of pod.status.conditions) {
    if (condition.type !== 'Ready' && condition.type !== 'ContainersReady') continue;
    const isGated = gate !== undefined && condition.type === 'Ready';
    const status = unready.length === 0 && !isGated ? 'True' : 'False';
    if (condition.status === status) continue;
    condition.status = status;
    condition.lastTransitionTime = before(world.now, faultAgeSeconds);
    delete condition.reason;
    delete condition.message;
    if (status === 'True') continue;
    condition.reason = isGated ? 'ReadinessGatesNotReady' : 'ContainersNotReady';
    condition.message = isGated
      ? gate
      : `containers with unready status: [${unready.map(({ name }) => name).join(' ')}]`;
  }
}

/** The kubelet's words for a readiness gate that is not fulfilled (kubernetes/kubernetes pkg/kubelet/status/generate.go). */
function closedGate({ spec, status }: Pod): string | undefined {
  for (const { conditionType } of spec.readinessGates ?? []) {
    const condition = status.conditions.find(({ type }) => type === conditionType);
    if (condition === undefined)
      return `corresponding condition of pod readiness gate "${conditionType}" does not exist.`;
    if (condition.status === 'True') continue;
    return `the status of pod readiness gate "${conditionType}" is not "True", but ${condition.status}`;
  }
  return undefined;
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
