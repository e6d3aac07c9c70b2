import type { Probe } from '../../core/kubernetes.ts';
import { recordEvent } from '../event.ts';
import { before, minute } from '../moment.ts';
import { objectsOf } from '../object.ts';
import type { Behaviour, KubernetesObject, World, WorldCluster } from '../world.ts';

/** Faults began this long before `world.now`: long enough that deregistration delays (300 s) are over. */
export const faultAgeSeconds = 15 * minute;

/**
 * Runs every container's readiness probe against the pod's processes and writes the pods' Ready conditions, as the
 * kubelet does.
 */
export function runReadinessProbes(world: World, cluster: WorldCluster): void {
  for (const pod of objectsOf(cluster, 'Pod')) {
    if (pod['status'].phase !== 'Running') continue;
    for (const status of pod['status'].containerStatuses) {
      const { readinessProbe } = containerSpec(pod, status.name);
      const failure = readinessProbe && failureOf(readinessProbe, pod, cluster);
      status.ready = status.state.running !== undefined && failure === undefined;
      if (failure !== undefined && status.state.running) reportUnready({ world, cluster, pod, failure });
    }
    writeConditions(world, pod);
  }
}

const containerSpec = (pod: KubernetesObject, name: string) =>
  pod['spec'].containers.find((container: { name: string }) => container.name === name);

/** The kubelet's words for a failed probe, `undefined` when it passes. */
function failureOf(probe: Probe, pod: KubernetesObject, cluster: WorldCluster): string | undefined {
  const wanted = probe.httpGet?.port ?? probe.tcpSocket?.port;
  if (wanted === undefined) return undefined;
  const port = containerPort(pod, wanted);
  const { namespace, name } = pod['metadata'];
  const process = cluster.processes[`${namespace}/${name}`]?.find((candidate) => candidate.port === port);
  const address = `${pod['status'].podIP}:${port}`;
  if (process === undefined || process.loopback) return `dial tcp ${address}: connect: connection refused`;
  if (!probe.httpGet) return undefined;
  const url = `${(probe.httpGet.scheme ?? 'HTTP').toLowerCase()}://${address}${probe.httpGet.path ?? '/'}`;
  return httpFailure(process.behaviour, url, probe);
}

function httpFailure(behaviour: Behaviour, url: string, probe: Probe): string | undefined {
  const late = `Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`;
  if (behaviour.kind === 'tcp' || behaviour.kind === 'silent') return late;
  if (behaviour.kind === 'reset') return `Get "${url}": read: connection reset by peer`;
  if (behaviour.kind === 'banner') return `Get "${url}": net/http: HTTP/1.x transport connection broken`;
  if ((behaviour.delayMs ?? 0) >= (probe.timeoutSeconds ?? 1) * 1000) return late;
  const status = statusOf(behaviour.paths, probe.httpGet?.path ?? '/');
  return status >= 200 && status < 400 ? undefined : `HTTP probe failed with statuscode: ${status}`;
}

/** The status that an HTTP process gives to a path. */
export const statusOf = (paths: Record<string, number>, path: string): number => paths[path] ?? paths['*'] ?? 404;

/** The number behind a port of the pod that may be given by name. */
export function containerPort(pod: KubernetesObject, port: number | string): number | undefined {
  if (typeof port === 'number') return port;
  return pod['spec'].containers
    .flatMap(({ ports }: { ports?: { name?: string; containerPort: number }[] }) => ports ?? [])
    .find(({ name }: { name?: string }) => name === port)?.containerPort;
}

interface Unready {
  world: World;
  cluster: WorldCluster;
  pod: KubernetesObject;
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

function writeConditions(world: World, pod: KubernetesObject): void {
  const unready = pod['status'].containerStatuses.filter(({ ready }: { ready: boolean }) => !ready);
  const status = unready.length === 0 ? 'True' : 'False';
  for (const condition of pod['status'].conditions) {
    if (condition.type !== 'Ready' && condition.type !== 'ContainersReady') continue;
    if (condition.status === status) continue;
    condition.status = status;
    condition.lastTransitionTime = before(world.now, faultAgeSeconds);
    delete condition.reason;
    delete condition.message;
    if (unready.length === 0) continue;
    condition.reason = 'ContainersNotReady';
    condition.message = `containers with unready status: [${unready.map(({ name }: { name: string }) => name).join(' ')}]`;
  }
}

/** The Ready condition of a Pod. */
export const readyCondition = (pod: KubernetesObject): { status: string; lastTransitionTime: string } | undefined =>
  pod['status'].conditions.find(({ type }: { type: string }) => type === 'Ready');

export const isReady = (pod: KubernetesObject): boolean => readyCondition(pod)?.status === 'True';
