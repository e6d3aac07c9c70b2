import { affectedBy } from '../affected.ts';
import { check } from '../check.ts';
import type { ContainerStatus, Event, Pod } from '../kubernetes.ts';
import { eventsAbout, secondsSince, statusesOf } from '../pod.ts';
import { nameOf } from '../service.ts';

/** Reasons of the kubelet for a container that it can't make or start from its spec. */
const waits = ['CreateContainerConfigError', 'CreateContainerError', 'RunContainerError', 'ContainerCannotRun'];

/** Reasons of the container runtime for a process that could not be started at all (containerd, dockershim). */
const neverStarted = ['StartError', 'ContainerCannotRun'];

/** Seconds within which a failed mount is tried again, so that an older event is history. */
const retryWindow = 600;

export const podConfigError = check({
  id: 'pod-config-error',
  kind: 'fault',
  stage: 'workload',
  severity: 'critical',
  title: 'Containers behind the Service cannot be created from their configuration',
  symptom: 'Pods wait for a ConfigMap, Secret or volume, and the Service has too few ready endpoints.',
  why: `The kubelet can't even start the container: a Secret, ConfigMap or key that it names does not exist, a volume does not
mount, or its command is not in the image. The pod never becomes ready, so the Service has no endpoint.`,
  proof: `A container of a selected pod waits in ${waits.join(', ')}, its process could not be started, or its volumes fail to mount (events
FailedMount, FailedAttachVolume of the last ${retryWindow / 60} minutes), and no ready endpoint carries the target.`,
  nearMisses: [
    'A container that starts and then ends is `pod-crashloop`.',
    'A volume that mounts late shows the same event once; the pod then starts.',
    'Other ready pods keep instance targets healthy.',
  ],
  decidedBy: "the kubelet's message: kubectl describe pod",
  fix: [
    {
      text: 'Read which object is missing or wrong, then create it or correct the reference.',
      command: 'kubectl --namespace {namespace} describe pod {pod}',
      verify: 'kubectl --namespace {namespace} get pod {pod} --watch',
    },
    { text: 'See which ConfigMaps exist.', command: 'kubectl --namespace {namespace} get configmaps' },
  ],
  links: [
    'https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/',
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/',
  ],
  explains: [
    'pod-image-pull-failure',
    'pod-init-or-startup-stuck',
    'pod-oomkilled',
    'pod-liveness-kill-loop',
    'pod-crashloop',
    'pod-evicted-or-node-pressure',
    'pod-readiness-probe-failing',
    'readiness-gate-stuck',
    'etp-local-no-ready-endpoint-anywhere',
    'container-not-listening-on-target-port',
    'app-error-status',
  ],
  needs: ['services', 'pods', 'endpointSlices', 'nodes'],
  wants: ['events'],

  run(group, { events = [], ...cluster }) {
    const reasons = (pod: Pod): string[] => {
      const refused = statusesOf(pod).flatMap(refusalOf);
      const mount = refused.length > 0 ? undefined : failedMount(pod, events, group.takenAt);
      return mount === undefined ? refused : [`${mount.reason}: ${mount.note}`];
    };
    return affectedBy(group, cluster, (pod) => reasons(pod).length > 0).flatMap(({ target, pod }) =>
      reasons(pod).map((reason) => ({
        ...(target && { target }),
        saw: `${nameOf(pod)} ${reason}`,
        expected: 'a container that can be created and started',
        confidence: 'confirmed' as const,
        values: { pod: pod.metadata.name },
      })),
    );
  },
});

function refusalOf({ name, state, lastState }: ContainerStatus): string[] {
  if (state.waiting?.reason !== undefined && waits.includes(state.waiting.reason)) {
    return [`container ${name}: ${state.waiting.reason}, ${state.waiting.message ?? 'without a message'}`];
  }
  const ended = state.terminated ?? (state.waiting === undefined ? undefined : lastState.terminated);
  if (ended?.reason === undefined || !neverStarted.includes(ended.reason)) return [];
  return [`container ${name}: ${ended.reason}, ${ended.message ?? `exit code ${ended.exitCode}`}`];
}

const failedMount = (pod: Pod, events: Event[], at: string): Event | undefined =>
  pod.status.phase === 'Pending'
    ? eventsAbout(events, 'Pod', pod).find(
        ({ reason, lastSeen }) =>
          (reason === 'FailedMount' || reason === 'FailedAttachVolume') && secondsSince(lastSeen, at) <= retryWindow,
      )
    : undefined;
