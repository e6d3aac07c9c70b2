import { affectedBy } from '../../diagnosis/affected-targets.ts';
import { check } from '../../diagnosis/check.ts';
import { eventsAbout, secondsSince, statusesOf } from '../../kubernetes/pod.ts';
import { nameOf } from '../../kubernetes/service.ts';
import type { ContainerStatus, Event, Pod } from '../../model/kubernetes.ts';

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
  needsChange: true,
  title: 'Containers behind the Service cannot be created from their configuration',
  symptom: 'Pods wait for a ConfigMap, Secret or volume, and the Service has too few ready endpoints.',
  why: `The kubelet can't even start the container: a Secret, ConfigMap or key that it names does not exist, a volume does not
mount, or its command is not in the image. The pod never becomes ready, so the Service has no endpoint.`,
  proof: `A container of a selected pod waits in ${waits.join(', ')}, its process could not be started, or its volumes fail to mount (events
FailedMount, FailedAttachVolume of the last ${retryWindow / 60} minutes, probable when seen once), and no ready endpoint carries the target.`,
  nearMisses: [
    'The container starts and then exits: `pod-crashloop`.',
    'A volume that mounts late causes the same event; the images are then pulled and the pod starts.',
    'Other ready pods keep instance targets healthy.',
  ],
  decidedBy: "the kubelet's message: kubectl describe pod",
  fix: [
    {
      text: 'Read which object is missing or wrong, then create it or correct the reference.',
      look: { kubectl: 'describe pod {pod}', in: '{namespace}' },
    },
    { text: 'List the ConfigMaps that exist.', look: { kubectl: 'get configmaps', in: '{namespace}' } },
  ],
  links: [
    'https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/',
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/',
  ],
  masks: [
    'pod-image-pull-failure',
    'pod-init-or-startup-stuck',
    'pod-oomkilled',
    'pod-liveness-kill-loop',
    'pod-crashloop',
  ],
  masksEvery: ['unreadySymptom'],
  needs: ['services', 'pods', 'endpointSlices', 'nodes'],
  optional: ['events'],

  run(group, { events = [], ...cluster }) {
    const refusals = (pod: Pod): Refusal[] => {
      const refused = statusesOf(pod).flatMap(refusalOf);
      return refused.length > 0 ? refused : failedMount(pod, events, group.takenAt);
    };
    return affectedBy(group, cluster, (pod) => refusals(pod).length > 0).flatMap(({ target, pod }) =>
      refusals(pod).map(({ what, isSure }) => ({
        ...(target && { target }),
        saw: `${nameOf(pod)} ${what}`,
        expected: 'a container that can be created and started',
        confidence: isSure ? ('confirmed' as const) : ('probable' as const),
        values: { pod: pod.metadata.name },
      })),
    );
  },
});

interface Refusal {
  what: string;
  isSure: boolean;
}

function refusalOf({ name, state, lastState }: ContainerStatus): Refusal[] {
  if (state.waiting?.reason !== undefined && waits.includes(state.waiting.reason)) {
    const { reason, message = 'without a message' } = state.waiting;
    return [{ what: `container ${name}: ${reason}, ${message}`, isSure: true }];
  }
  const ended = state.terminated ?? (state.waiting === undefined ? undefined : lastState.terminated);
  if (ended?.reason === undefined || !neverStarted.includes(ended.reason)) return [];
  const message = ended.message ?? `exit code ${ended.exitCode}`;
  return [{ what: `container ${name}: ${ended.reason}, ${message}`, isSure: true }];
}

/** Images are pulled once the volumes are mounted, so that a failure before that is over. */
function failedMount(pod: Pod, events: Event[], at: string): Refusal[] {
  if (pod.status.phase !== 'Pending') return [];
  const own = eventsAbout(events, 'Pod', pod);
  const failure = own.find(
    ({ reason, lastSeen }) =>
      (reason === 'FailedMount' || reason === 'FailedAttachVolume') && secondsSince(lastSeen, at) <= retryWindow,
  );
  if (failure === undefined) return [];
  const isPast = own.some(({ reason, lastSeen }) => /^Pull(ing|ed)$/.test(reason) && lastSeen >= failure.lastSeen);
  return isPast ? [] : [{ what: `${failure.reason}: ${failure.note}`, isSure: failure.count > 1 }];
}
