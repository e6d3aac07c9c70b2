import { under } from '../model/indexed.ts';
import type {
  Condition,
  Container,
  ContainerProbe,
  ContainerStatus,
  Event,
  ObjectMeta,
  Pod,
} from '../model/kubernetes.ts';

/** How long a restart counts as news, in milliseconds: older ones are history. */
const restartWindow = 60 * 60 * 1000;

/** Seconds without an end after which the kubelet resets its back-off (Kubernetes documentation, "Pod lifecycle"). */
const backOffReset = 600;

/** True when the Ready condition holds. */
export const isPodReady = (pod: Pod): boolean =>
  pod.status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True');

const hasEnded = ({ status: { phase } }: Pod): boolean => phase === 'Succeeded' || phase === 'Failed';

/** Pods that ran to their end or are being deleted serve nobody. */
export const isServing = (pod: Pod): boolean => pod.metadata.deletionTimestamp === undefined && !hasEnded(pod);

const addressesOf = ({ status }: Pod): string[] => status.podIPs;

const thatShow = (address: string, pods: Pod[]): Pod[] => under(pods, addressesOf, address);

/** The pods of a namespace. */
export const podsIn = (namespace: string | undefined, pods: Pod[]): Pod[] => under(pods, namespaceOf, namespace);

/** The pods that run on a node; without a name those that have none. */
export const podsOn = (node: string | undefined, pods: Pod[]): Pod[] =>
  node === undefined ? pods.filter(({ spec }) => spec.nodeName === undefined) : under(pods, nodeNameOf, node);

const nodeNameOf = ({ spec }: Pod) => [spec.nodeName];

const namespaceOf = ({ metadata }: Pod) => [metadata.namespace];

/**
 * The pods that have this address now, those that stay first: one, or all of the host network on a node. A pod that has
 * ended still shows the address that another one may have by now.
 */
export function podsAt(address: string, pods: Pod[]): Pod[] {
  const running = thatShow(address, pods).filter((pod) => !hasEnded(pod));
  return running.length < 2 ? running : running.toSorted((a, b) => Number(isServing(b)) - Number(isServing(a)));
}

/** The pods that have this address now or, where none has, those that had it when they ended. */
export function lastPodsAt(address: string, pods: Pod[]): Pod[] {
  const now = podsAt(address, pods);
  return now.length > 0 ? now : thatShow(address, pods);
}

export const conditionOf = (pod: Pod, type: string): Condition | undefined =>
  pod.status.conditions.find((condition) => condition.type === type);

/** Statuses of all containers, those that run before the others first. */
export const statusesOf = ({ status }: Pod): ContainerStatus[] => [
  ...status.initContainerStatuses,
  ...status.containerStatuses,
];

/**
 * Containers that may be why the pod does not serve: sidecars among the init containers too, once the pod is initialized
 * (KK: pkg/kubelet/status/generate.go). One that is ready has no part in it that the pod is not.
 */
export function suspectsIn(pod: Pod): ContainerStatus[] {
  const isInitialized = conditionOf(pod, 'Initialized')?.status === 'True';
  const { initContainerStatuses, containerStatuses } = pod.status;
  return [...(isInitialized ? initContainerStatuses : []), ...containerStatuses].filter(
    ({ ready }) => !ready || isPodReady(pod),
  );
}

/** What the spec says of the container, sidecars among the init containers too. */
export const containerOf = ({ spec }: Pod, { name }: ContainerStatus): Container | undefined =>
  [...spec.containers, ...spec.initContainers].find((container) => container.name === name);

/** The number behind the port of a probe: a name is looked up among the container's own ports. */
const probePortIn = ({ ports }: Container, port: number | string | undefined): number | undefined =>
  typeof port === 'string' ? ports.find(({ name }) => name === port)?.containerPort : port;

/**
 * The port of the pod at which a probe of this container asks; undefined for one that runs a command, or that the kubelet sends to another
 * address: what answers there says nothing about the pod's own.
 */
export function probedPortIn(container: Container, probe: ContainerProbe | undefined): number | undefined {
  const { port, address } = probe?.httpGet ?? probe?.tcpSocket ?? {};
  return address === undefined ? probePortIn(container, port) : undefined;
}

/** Seconds from `time` to `at`; infinite where the time is not known. */
export const secondsSince = (time: string | undefined, at: string): number =>
  time === undefined ? Number.POSITIVE_INFINITY : (Date.parse(at) - Date.parse(time)) / 1000;

/** The last end of the container, if it came within the hour before `at`. */
export function recentEnd(status: ContainerStatus, at: string) {
  const ended = status.state.terminated ?? status.lastState.terminated;
  if (ended?.finishedAt === undefined) return undefined;
  return Date.parse(at) - Date.parse(ended.finishedAt) <= restartWindow ? ended : undefined;
}

/** Waiting in back-off, or ended within the hour with an error: the container does not stay up. */
export function isCrashing(status: ContainerStatus, at: string): boolean {
  if (status.state.waiting?.reason === 'CrashLoopBackOff') return true;
  const ended = recentEnd(status, at);
  return status.restartCount > 0 && ended !== undefined && ended.exitCode !== 0 && !isUpAgain(status, at);
}

/** True when the container has been running for so long that the kubelet forgets that it ended before. */
const isUpAgain = ({ state: { running } }: ContainerStatus, at: string): boolean =>
  running?.startedAt !== undefined && secondsSince(running.startedAt, at) > backOffReset;

/** True where the pod at this address does not stay up: what it answers in between says little. */
export const isCrashingAt = (address: string, pods: Pod[], at: string): boolean =>
  podsAt(address, pods).some((pod) => statusesOf(pod).some((status) => isCrashing(status, at)));

export const wasOutOfMemory = (status: ContainerStatus, at: string): boolean =>
  (recentEnd(status, at)?.reason === 'OOMKilled' && !isUpAgain(status, at)) ||
  (status.lastState.terminated?.reason === 'OOMKilled' && isCrashing(status, at));

/** Events about one object; absence proves nothing, since events expire after about an hour. */
export const eventsAbout = (
  events: Event[],
  kind: string,
  object: { metadata: { namespace?: string; name: string } },
): Event[] => under(events, subjectOf, `${kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`);

const subjectOf = ({ regarding }: Event): string[] => [
  `${regarding.kind} ${regarding.namespace ?? ''}/${regarding.name}`,
];

/** What made this object and keeps it. */
export const makerOf = ({ metadata }: { metadata: ObjectMeta }) =>
  metadata.ownerReferences.find(({ controller }) => controller === true);

/** The pods of the namespace that one workload made, by the name of `workloadOf`. */
export const podsMadeBy = (workload: string, namespace: string | undefined, pods: Pod[]): Pod[] =>
  under(pods, workloadKey, `${namespace} ${workload}`);

const workloadKey = (pod: Pod): string[] => [`${pod.metadata.namespace} ${workloadOf(pod)}`];

/** `deployment/<name>`: a ReplicaSet is named after its Deployment and a hash. */
export function workloadOf(pod: Pod): string {
  const owner = makerOf(pod);
  if (owner?.kind === 'ReplicaSet') return `deployment/${owner.name.replace(/-[a-z0-9]+$/, '')}`;
  return `${owner?.kind.toLowerCase() ?? 'pod'}/${owner?.name ?? pod.metadata.name}`;
}
