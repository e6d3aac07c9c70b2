import { affectedBy } from '../../diagnosis/affected-targets.ts';
import { check } from '../../diagnosis/check.ts';
import { containerOf, suspectsIn, wasOutOfMemory, workloadOf } from '../../kubernetes/pod.ts';
import { nameOf } from '../../kubernetes/service.ts';
import type { Pod } from '../../model/kubernetes.ts';

export const podOomkilled = check({
  id: 'pod-oomkilled',
  kind: 'fault',
  stage: 'workload',
  severity: 'critical',
  title: 'Containers behind the Service are killed because they exceed their memory limit',
  symptom: 'Containers end with OOMKilled; targets are unhealthy, flap or, with ip targets, drain and disappear.',
  why: `The kernel kills a container that exceeds its memory limit. Until it is up again nothing answers the health check.`,
  proof: `A container of a selected pod ended with reason OOMKilled within the last hour and has not run for ten minutes since, or
did so and waits in back-off now, and no ready endpoint carries the target.`,
  nearMisses: [
    'Exit code 137 without the reason OOMKilled is a kill by the kubelet, for example after a failed liveness probe.',
  ],
  decidedBy: 'the memory that the container uses before it ends',
  fix: [
    {
      text: 'Raise the memory limit of the container, here to twice what it is, or fix its memory leak.',
      change: {
        run: 'kubectl --namespace {namespace} set resources {workload} --containers={container} --limits=memory={amount}',
        back: 'kubectl --namespace {namespace} rollout undo {workload}',
      },
      when: 'amount',
      danger: 'Their nodes must have the memory.',
      disturbs: 'The pods of {workload} are replaced.',
      undo: 'Roll back to the revision before.',
    },
    {
      text: 'The container has no limit, so that its node ran out of memory: give its pods a memory request that covers what they use, so that they go where there is room.',
      look: { kubectl: 'top pod {pod} --containers', in: '{namespace}' },
      when: 'unlimited',
    },
  ],
  links: ['https://kubernetes.io/docs/tasks/configure-pod-container/assign-memory-resource/'],
  masks: ['pod-liveness-kill-loop', 'pod-crashloop'],
  masksEvery: ['unreadySymptom'],
  needs: ['services', 'pods', 'endpointSlices', 'nodes'],

  run(group, cluster) {
    const killed = (pod: Pod) => suspectsIn(pod).filter((status) => wasOutOfMemory(status, group.takenAt));
    return affectedBy(group, cluster, (pod) => killed(pod).length > 0).flatMap(({ target, pod }) =>
      killed(pod).map((status) => {
        const limit = containerOf(pod, status)?.memoryLimit;
        const amount = limit && doubled(limit);
        return {
          ...(target && { target }),
          saw: `${nameOf(pod)} container ${status.name}: OOMKilled, ${status.restartCount} restarts, memory limit ${limit ?? 'not set'}`,
          expected: 'a container that stays within its memory limit',
          confidence: 'confirmed' as const,
          values: {
            pod: pod.metadata.name,
            container: status.name,
            workload: workloadOf(pod),
            ...(amount && { amount }),
            ...(limit === undefined && { unlimited: 'yes' }),
          },
        };
      }),
    );
  },
});

/** Twice a quantity such as `128Mi`; undefined for one with a fraction or an exponent. */
function doubled(quantity: string): string | undefined {
  const [, number, unit] = /^(\d+)([A-Za-z]*)$/.exec(quantity) ?? [];
  return number === undefined ? undefined : `${2 * Number(number)}${unit}`;
}
