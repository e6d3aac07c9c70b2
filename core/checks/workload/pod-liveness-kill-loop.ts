import { affectedBy } from '../../diagnosis/affected-targets.ts';
import { check } from '../../diagnosis/check.ts';
import { eventsAbout, recentEnd, suspectsIn, workloadOf } from '../../kubernetes/pod.ts';
import { nameOf } from '../../kubernetes/service.ts';
import type { ContainerStatus, Event, Pod } from '../../model/kubernetes.ts';

/** Exit codes of a process that SIGTERM or SIGKILL ended, and of one that ends in good order when told to by SIGTERM. */
const killed = [143, 137, 0];

export const podLivenessKillLoop = check({
  id: 'pod-liveness-kill-loop',
  kind: 'fault',
  stage: 'workload',
  severity: 'critical',
  title: 'The kubelet kills containers behind the Service because their liveness probe fails',
  symptom: 'Containers are restarted by the kubelet again and again, and targets flap.',
  why: `When a liveness probe fails, the kubelet kills the container and starts it again. If the probe is too strict for the application
under load or during its start, this repeats forever, and between the starts nothing answers.`,
  proof: `The kubelet's event reports that the container failed its liveness probe and is restarted, the container ended within the last
hour with exit code ${killed.join(', ')} and not because of its memory limit, and no ready endpoint carries the target.`,
  nearMisses: [
    'Exit code 137 with the reason OOMKilled: `pod-oomkilled`.',
    'The container exits by itself, even if its liveness probe also failed: `pod-crashloop`.',
    'The startup probe failed: `pod-init-or-startup-stuck`.',
  ],
  decidedBy: "the kubelet's events about the pod and the CPU throttling of its containers",
  fix: [
    {
      text: 'Read why the liveness probe fails.',
      look: { kubectl: 'describe pod {pod}', in: '{namespace}' },
    },
    {
      text: 'Give the probe more time: a longer timeoutSeconds and failureThreshold, a startup probe for slow starts, and a CPU limit that does not throttle. A liveness probe must not test dependencies.',
      change: {
        run: 'kubectl --namespace {namespace} edit {workload}',
        back: 'kubectl --namespace {namespace} rollout undo {workload}',
      },
      disturbs: 'The pods of {workload} are replaced.',
      undo: 'Edit it again, or roll back to the revision before.',
      danger: 'A probe that never fails keeps a hung process running.',
    },
  ],
  links: ['https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/'],
  masks: ['pod-crashloop'],
  masksEvery: ['unreadySymptom'],
  needs: ['services', 'pods', 'endpointSlices', 'nodes', 'events'],

  run(group, { events, ...cluster }) {
    const victims = (pod: Pod) => suspectsIn(pod).filter(isKilled(pod, events, group.takenAt));
    return affectedBy(group, cluster, (pod) => victims(pod).length > 0).flatMap(({ target, pod }) =>
      victims(pod).map((status) => {
        const failure = eventsAbout(events, 'Pod', pod).find(({ note }) => note.startsWith('Liveness probe failed'));
        const limit = pod.spec.containers.find(({ name }) => name === status.name)?.cpuLimit;
        return {
          ...(target && { target }),
          saw: `${nameOf(pod)} container ${status.name} was killed after its liveness probe failed, ${status.restartCount} restarts, exit code ${recentEnd(status, group.takenAt)?.exitCode}${failure === undefined ? '' : `; ${failure.note}`}${limit === undefined ? '' : `; CPU limit ${limit}`}`,
          expected: 'a liveness probe that passes while the application can work',
          confidence: 'confirmed' as const,
          values: { pod: pod.metadata.name, workload: workloadOf(pod) },
        };
      }),
    );
  },
});

const isKilled =
  (pod: Pod, events: Event[], at: string) =>
  (status: ContainerStatus): boolean => {
    const ended = recentEnd(status, at);
    return (
      status.restartCount > 0 &&
      ended !== undefined &&
      ended.reason !== 'OOMKilled' &&
      killed.includes(ended.exitCode) &&
      eventsAbout(events, 'Pod', pod).some(
        ({ reason, note }) => reason === 'Killing' && note.includes(`Container ${status.name} failed liveness probe`),
      )
    );
  };
