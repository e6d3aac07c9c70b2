import { affectedBy, secondsToSettle, startSeconds } from '../../diagnosis/affected-targets.ts';
import { check } from '../../diagnosis/check.ts';
import { isPodReady, isServing, secondsSince, statusesOf } from '../../kubernetes/pod.ts';
import { rolloutOf } from '../../kubernetes/rollout.ts';
import { nameOf, podsOf, serviceOf } from '../../kubernetes/service.ts';
import type { Evidence } from '../../model/check-result.ts';
import type { Pod } from '../../model/kubernetes.ts';

export const rolloutInProgress = check({
  id: 'rollout-in-progress',
  kind: 'expected',
  stage: 'workload',
  severity: 'info',
  title: 'A rollout is in progress and its new pods are still starting',
  symptom: 'Some targets are unhealthy or draining for a short time while pods are replaced.',
  why: `During a rollout pods are replaced step by step. A new pod needs its time to start, and a target without a readiness gate is
registered before it can answer, so targets fail for a short time.`,
  proof: `The workload of the pod is being rolled out and within its progress deadline, the pod is younger than ${startSeconds / 60} minutes plus the time of
the healthy threshold, and none of its containers has failed so far.`,
  nearMisses: [
    'A rollout after its progress deadline (ProgressDeadlineExceeded) is stuck: its pods have a fault.',
    'New containers that crash, can’t be created or can’t pull their image have a fault, even if they are new.',
    'Pods that the rollout has not replaced yet are diagnosed as usual.',
  ],
  decidedBy: 'the same targets when the rollout is over: kubectl rollout status',
  fix: [
    {
      text: 'Wait. With readiness gates, a preStop pause and minReadySeconds a rollout waits for its targets.',
      look: { kubectl: 'rollout status {workload}', in: '{namespace}' },
    },
  ],
  links: [
    'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status',
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/',
  ],
  masks: [],
  needs: ['services', 'pods', 'endpointSlices', 'nodes', 'workloads'],

  run(group, { workloads, ...cluster }) {
    const service = serviceOf(group, cluster.services);
    if (service === undefined) return undefined;
    const allowed = secondsToSettle(group);
    const isStarting = (pod: Pod) =>
      secondsSince(pod.metadata.creationTimestamp, group.takenAt) <= allowed &&
      statusesOf(pod).every(({ state, restartCount }) => restartCount === 0 && !hasFailed(state.waiting?.reason)) &&
      rolloutOf(pod, workloads) !== undefined;

    const isInstance = group.targetGroup.targetType === 'instance';
    const affected = affectedBy(group, cluster, isStarting);
    const elsewhere = podsOf(service, cluster.pods).filter(isServing);
    return affected.flatMap(({ target, pod }): Evidence[] => {
      // Where the whole group or node is concerned, one pod with a fault is enough not to wait for the others.
      const fellows = elsewhere.filter(
        (other) =>
          !isPodReady(other) && (target === undefined || (isInstance && other.spec.nodeName === pod.spec.nodeName)),
      );
      if (!fellows.every(isStarting)) return [];
      const age = Math.round(secondsSince(pod.metadata.creationTimestamp, group.takenAt));
      return [
        {
          ...(target && { target }),
          saw: `${nameOf(pod)} is ${age} s old; ${rolloutOf(pod, workloads)?.progress}`,
          expected: `ready and healthy within ${allowed} s`,
          confidence: 'probable',
          values: { workload: rolloutOf(pod, workloads)?.name ?? '' },
        },
      ];
    });
  },
});

const hasFailed = (waiting: string | undefined): boolean =>
  waiting !== undefined && waiting !== 'ContainerCreating' && waiting !== 'PodInitializing';
