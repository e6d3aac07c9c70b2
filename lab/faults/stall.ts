import { copyOf } from '../copy.ts';
import { faultAgeSeconds } from '../physics/kubelet.ts';
import { recordEvent } from '../world/event.ts';
import type { Pod } from '../world/kubernetes-object.ts';
import { before, minute } from '../world/moment.ts';
import { releaseAddress, statusesOf } from '../world/pod/pod.ts';
import type { World, WorldCluster } from '../world/world.ts';

interface Stall {
  pod: Pod;
  /** `state.waiting` of every container. */
  waiting: { reason: string; message?: string };
  event: { type?: 'Normal' | 'Warning'; reason: string; message: string; component?: string };
  /** False: not even the pod's network could be set up. */
  hasAddress?: boolean;
}

/** Keeps the containers of a new pod from ever starting, and lets the kubelet say why. */
export function stall(world: World, cluster: WorldCluster, { pod, waiting, event, hasAddress = true }: Stall): void {
  pod.status.phase = 'Pending';
  for (const container of statusesOf(pod)) {
    Object.assign(container, { ready: false, started: false, restartCount: 0, state: { waiting }, lastState: {} });
    delete container.containerID;
  }
  notReady(world, pod);
  if (!hasAddress) takeAddress(world, pod);
  recordEvent(world, cluster, {
    about: pod,
    type: event.type ?? 'Warning',
    reason: event.reason,
    message: event.message,
    component: event.component ?? 'kubelet',
    ageSeconds: 40,
    lastingSeconds: faultAgeSeconds,
    count: 30,
  });
}

/** Leaves a new pod without a node, for the reason that the scheduler gives. */
export function leaveUnscheduled(
  world: World,
  cluster: WorldCluster,
  { pod, message }: { pod: Pod; message: string },
): void {
  const { namespace, name } = pod.metadata;
  releaseAddress(world, pod);
  delete cluster.processes[`${namespace}/${name}`];
  for (const container of pod.spec.containers) delete cluster.logs[`${namespace}/${name}/${container.name}`];
  delete pod.spec.nodeName;
  pod.status = {
    phase: 'Pending',
    conditions: [
      {
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message,
        lastProbeTime: null,
        lastTransitionTime: pod.metadata.creationTimestamp,
      },
    ],
    qosClass: 'Burstable',
  };
  recordEvent(world, cluster, {
    about: pod,
    type: 'Warning',
    reason: 'FailedScheduling',
    message,
    component: 'default-scheduler',
    ageSeconds: minute,
    lastingSeconds: faultAgeSeconds,
    count: 4,
  });
}

/** Lets the init container of a pod, `command` in the same image, end with an error again and again. */
export function failInit(
  world: World,
  cluster: WorldCluster,
  { pod, name, log }: { pod: Pod; name: string; log: string[] },
): void {
  const { namespace, name: podName, uid } = pod.metadata;
  const [container] = pod.spec.containers;
  const message = `back-off 5m0s restarting failed container=${name} pod=${podName}_${namespace}(${uid})`;
  pod.spec.initContainers = [{ name, image: container.image, imagePullPolicy: 'IfNotPresent' }];
  stall(world, cluster, {
    pod,
    waiting: { reason: 'PodInitializing' },
    event: {
      reason: 'BackOff',
      message: `Back-off restarting failed container ${name} in pod ${podName}_${namespace}(${uid})`,
    },
  });
  for (const condition of pod.status.conditions) {
    if (condition.type !== 'Initialized') continue;
    const incomplete = `containers with incomplete status: [${name}]`;
    Object.assign(condition, { status: 'False', reason: 'ContainersNotInitialized', message: incomplete });
  }
  const startedAt = before(world.now, 2 * minute + 6);
  const finishedAt = before(world.now, 2 * minute);
  pod.status.initContainerStatuses = statusesOf(pod)
    .slice(0, 1)
    .map((status) => ({
      ...copyOf(status),
      name,
      restartCount: 7,
      state: { waiting: { reason: 'CrashLoopBackOff', message } },
      lastState: { terminated: { reason: 'Error', exitCode: 1, startedAt, finishedAt } },
    }));
  cluster.logs[`${namespace}/${podName}/${name}`] = { current: log, previous: log };
}

function notReady(world: World, pod: Pod): void {
  const names = statusesOf(pod)
    .map(({ name }) => name)
    .join(' ');
  for (const condition of pod.status.conditions) {
    if (condition.type !== 'Ready' && condition.type !== 'ContainersReady') continue;
    Object.assign(condition, {
      status: 'False',
      reason: 'ContainersNotReady',
      message: `containers with unready status: [${names}]`,
      lastTransitionTime: before(world.now, faultAgeSeconds + minute),
    });
  }
}

function takeAddress(world: World, pod: Pod): void {
  releaseAddress(world, pod);
  delete pod.status.podIP;
  delete pod.status.podIPs;
  for (const condition of pod.status.conditions) {
    if (condition.type === 'PodReadyToStartContainers') condition.status = 'False';
  }
}
