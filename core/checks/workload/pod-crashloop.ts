import { affectedBy } from '../../diagnosis/affected-targets.ts';
import { check } from '../../diagnosis/check.ts';
import { isCrashing, suspectsIn, wasOutOfMemory, workloadOf } from '../../kubernetes/pod.ts';
import { nameOf } from '../../kubernetes/service.ts';
import type { Pod } from '../../model/kubernetes.ts';

export const podCrashloop = check({
  id: 'pod-crashloop',
  kind: 'fault',
  stage: 'workload',
  severity: 'critical',
  title: 'Containers behind the Service crash again and again',
  symptom: 'Containers start and exit again; targets are unhealthy, flap or, with ip targets, drain and disappear.',
  why: `A container that exits with an error is restarted with growing delays. Between the restarts nothing listens, the pod is
not ready, and the Service loses its endpoint.`,
  proof: `A container of a selected pod waits in CrashLoopBackOff, or ended with an exit code other than 0 within the
last hour and has not run for ten minutes since, and no ready endpoint carries the target.`,
  nearMisses: [
    'A high restart count without a recent exit is history.',
    'A sidecar that was restarted and is ready again does not make its pod unready.',
    'The container was killed because it exceeded its memory limit: `pod-oomkilled`.',
    'Other ready pods keep instance targets healthy under the Cluster policy.',
  ],
  decidedBy: 'the log of the previous container: kubectl logs --previous',
  fix: [
    {
      text: 'Find out why the container exited, then fix its configuration or roll back.',
      look: { kubectl: 'logs {pod} --container {container} --previous --tail=50', in: '{namespace}' },
    },
    {
      text: 'See whether there is an earlier revision to roll back to.',
      look: { kubectl: 'rollout history {workload}', in: '{namespace}' },
    },
    {
      text: 'If it worked with the revision before, roll back.',
      change: {
        run: 'kubectl --namespace {namespace} rollout undo {workload}',
        back: 'kubectl --namespace {namespace} rollout undo {workload}',
      },
      danger: 'What deploys the workload brings the newer revision back the next time.',
      undo: 'Roll back once more: the revision that is left now is the one before.',
      disturbs: 'The pods of {workload} are replaced.',
    },
  ],
  links: ['https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy'],
  masks: [],
  masksEvery: ['unreadySymptom'],
  needs: ['services', 'pods', 'endpointSlices', 'nodes'],
  optional: ['podLogs'],

  run(group, { podLogs, ...cluster }) {
    const crashing = (pod: Pod) =>
      suspectsIn(pod).filter((status) => isCrashing(status, group.takenAt) && !wasOutOfMemory(status, group.takenAt));
    return affectedBy(group, cluster, (pod) => crashing(pod).length > 0).flatMap(({ target, pod }) =>
      crashing(pod).map((status) => {
        const ended = status.lastState.terminated ?? status.state.terminated;
        const last = podLogs
          ?.find(
            (log) =>
              log.namespace === pod.metadata.namespace &&
              log.pod === pod.metadata.name &&
              log.container === status.name,
          )
          ?.lines.at(-1);
        return {
          ...(target && { target }),
          saw: `${nameOf(pod)} container ${status.name}: ${status.state.waiting?.reason ?? 'restarted'}, ${status.restartCount} restarts, exit code ${ended?.exitCode ?? 'unknown'}${last === undefined ? '' : `; last log line: ${last}`}`,
          expected: 'a container that keeps running',
          confidence: 'confirmed' as const,
          values: { pod: pod.metadata.name, container: status.name, workload: workloadOf(pod) },
        };
      }),
    );
  },
});
