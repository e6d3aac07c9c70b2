import { affectedBy } from '../../diagnosis/affected-targets.ts';
import { check } from '../../diagnosis/check.ts';
import { conditionOf, eventsAbout, secondsSince } from '../../kubernetes/pod.ts';
import { nameOf } from '../../kubernetes/service.ts';
import { startupSeconds } from '../../kubernetes/startup.ts';
import type { ContainerStatus, Event, Pod } from '../../model/kubernetes.ts';

/** Seconds that an init container may run before it looks stuck. */
const initPatience = 300;

/** Waiting reasons that are normal, or that belong to a more exact cause. */
const otherReasons =
  /^(PodInitializing|ContainerCreating|ImagePullBackOff|ErrImage\w*|InvalidImageName|RegistryUnavailable|CreateContainer\w*|RunContainerError|ContainerCannotRun)$/;

export const podInitOrStartupStuck = check({
  id: 'pod-init-or-startup-stuck',
  kind: 'fault',
  stage: 'workload',
  severity: 'critical',
  title: 'Pods behind the Service do not get past their init containers or their startup probe',
  symptom: 'Pods stay in their init containers or startup probe, and the Service has too few ready endpoints.',
  why: `Containers of a pod start after its init containers have succeeded, and count as started once the startup probe has passed. While
one of these steps fails again and again the pod is not ready and the Service has no endpoint.`,
  proof: `An init container of a selected pod waits after a failure or ended with an exit code other than 0, or a container has not passed
its startup probe within the time that the probe allows, and no ready endpoint carries the target.`,
  nearMisses: [
    'A slow start within failureThreshold × periodSeconds of the startup probe is normal.',
    'The init container waits for its image: `pod-image-pull-failure`.',
    'The container has started and fails its readiness probe: `pod-readiness-probe-failing`.',
  ],
  decidedBy: "the log of the init container, or the kubelet's event on the startup probe: kubectl describe pod",
  fix: [
    {
      text: 'Find out what the step waits for, then fix that dependency, or give the startup probe more time.',
      look: { kubectl: 'logs {pod} --container {container} --tail=50', in: '{namespace}' },
    },
  ],
  links: [
    'https://kubernetes.io/docs/tasks/debug/debug-application/debug-init-containers/',
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
  ],
  masks: ['pod-oomkilled', 'pod-liveness-kill-loop', 'pod-crashloop'],
  masksEvery: ['unreadySymptom'],
  needs: ['services', 'pods', 'endpointSlices', 'nodes'],
  optional: ['events'],

  run(group, { events = [], ...cluster }) {
    const stuck = (pod: Pod) => [...stuckInit(pod, group.takenAt), ...stuckStartup(pod, events, group.takenAt)];
    return affectedBy(group, cluster, (pod) => stuck(pod).length > 0).flatMap(({ target, pod }) =>
      stuck(pod).map(({ container, what, sure }) => ({
        ...(target && { target }),
        saw: `${nameOf(pod)} ${what}`,
        expected: 'init containers that succeed and a startup probe that passes',
        confidence: sure ? ('confirmed' as const) : ('probable' as const),
        values: { pod: pod.metadata.name, container },
      })),
    );
  },
});

interface Stuck {
  container: string;
  what: string;
  /** False where only the time that has passed speaks for it. */
  sure: boolean;
}

function stuckInit(pod: Pod, at: string): Stuck[] {
  if (conditionOf(pod, 'Initialized')?.status === 'True') return [];
  const statuses = pod.status.initContainerStatuses;
  return statuses.flatMap(({ name: container, state, lastState, restartCount }, index): Stuck[] => {
    const { waiting, terminated, running } = state;
    const ended = terminated ?? lastState.terminated;
    if (waiting?.reason !== undefined && !otherReasons.test(waiting.reason)) {
      const end = ended === undefined ? '' : `, exit code ${ended.exitCode}`;
      return [
        {
          container,
          what: `init container ${container}: ${waiting.reason}, ${restartCount} restarts${end}`,
          sure: true,
        },
      ];
    }
    if (terminated !== undefined && terminated.exitCode !== 0) {
      return [
        { container, what: `init container ${container} ended with exit code ${terminated.exitCode}`, sure: true },
      ];
    }
    const age = secondsSince(running?.startedAt, at);
    // One that runs beside its successors is a sidecar.
    const isPassed = statuses.slice(index + 1).some(hasBegun);
    if (running?.startedAt === undefined || age <= initPatience || isPassed) return [];
    return [{ container, what: `init container ${container} has been running for ${Math.round(age)} s`, sure: false }];
  });
}

const hasBegun = ({ state: { waiting } }: ContainerStatus): boolean => waiting?.reason !== 'PodInitializing';

function stuckStartup(pod: Pod, events: Event[], at: string): Stuck[] {
  return pod.status.containerStatuses.flatMap(({ name: container, started, state, restartCount }): Stuck[] => {
    const probe = pod.spec.containers.find(({ name }) => name === container)?.startupProbe;
    if (probe === undefined || started === true || (state.running === undefined && state.waiting === undefined))
      return [];
    const own = eventsAbout(events, 'Pod', pod);
    const failed = own.find(
      ({ reason, note }) => reason === 'Unhealthy' && /^Startup probe (failed|errored)/.test(note),
    );
    const killed = own.some(
      ({ reason, note }) => reason === 'Killing' && note.includes(`Container ${container} failed startup probe`),
    );
    const overdue = secondsSince(state.running?.startedAt, at) > startupSeconds(probe);
    const gaveUp = restartCount > 0 && killed;
    if (!gaveUp && !(state.running?.startedAt !== undefined && overdue)) return [];
    const restarts = gaveUp ? `, ${restartCount} restarts` : '';
    return [
      {
        container,
        what: `container ${container} has not passed its startup probe within ${startupSeconds(probe)} s${restarts}${failed === undefined ? '' : `: ${failed.note}`}`,
        sure: gaveUp || failed !== undefined,
      },
    ];
  });
}
