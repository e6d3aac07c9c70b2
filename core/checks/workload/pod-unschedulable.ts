import { affectedBy } from '../../diagnosis/affected-targets.ts';
import { check } from '../../diagnosis/check.ts';
import { conditionOf, eventsAbout, secondsSince } from '../../kubernetes/pod.ts';
import { nameOf } from '../../kubernetes/service.ts';
import type { Event, Pod } from '../../model/kubernetes.ts';

/** Seconds after which an autoscaler's promise of a node is not believed any more. */
const patience = 600;

export const podUnschedulable = check({
  id: 'pod-unschedulable',
  kind: 'fault',
  stage: 'workload',
  severity: 'critical',
  title: 'No node can run the pods behind the Service',
  symptom: 'Pods stay Pending without a node, and the Service has too few ready endpoints.',
  why: `The scheduler found no node that fits: too little CPU or memory, taints, affinity, or no Fargate profile. A pod without
a node has no address and no container, so the Service is left without an endpoint.`,
  proof: `A selected pod is Pending, its condition PodScheduled is False for the reason Unschedulable, and no ready endpoint carries the
target. While an autoscaler has promised a node within the last ${patience / 60} minutes it is only possible.`,
  nearMisses: [
    'Nodes accept no pods because they run out of disk, memory or process IDs, and the others are not full: `pod-evicted-or-node-pressure`.',
    'The pod has a node but no address: `pod-ip-exhaustion`.',
    'If other pods are ready, pending ones do not make targets fail.',
  ],
  decidedBy: 'whether the pods get a node within minutes: kubectl get pods --watch',
  fix: [
    {
      text: 'Read what the scheduler reports as missing, then add capacity, or change requests, tolerations or affinity.',
      look: { kubectl: 'describe pod {pod}', in: '{namespace}' },
    },
  ],
  links: [
    'https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/',
    'https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html',
  ],
  masks: [
    'pod-config-error',
    'pod-image-pull-failure',
    'pod-init-or-startup-stuck',
    'pod-oomkilled',
    'pod-liveness-kill-loop',
    'pod-crashloop',
  ],
  masksEvery: ['unreadySymptom'],
  needs: ['services', 'pods', 'endpointSlices', 'nodes'],
  optional: ['events'],

  run(group, { events, ...cluster }) {
    return affectedBy(group, cluster, isUnschedulable).map(({ target, pod }) => {
      const promise = eventsAbout(events ?? [], 'Pod', pod).find((event) => promisesNode(event, group.takenAt));
      const why = conditionOf(pod, 'PodScheduled')?.message;
      return {
        ...(target && { target }),
        saw: `${nameOf(pod)} has no node${why === undefined ? '' : `: ${why}`}${promise === undefined ? '' : `; ${promise.reason}: ${promise.note}`}`,
        expected: 'a node that can run the pod',
        confidence: promise === undefined ? ('confirmed' as const) : ('possible' as const),
        values: { pod: pod.metadata.name },
      };
    });
  },
});

function isUnschedulable(pod: Pod): boolean {
  const scheduled = conditionOf(pod, 'PodScheduled');
  if (pod.status.phase !== 'Pending' || scheduled?.status !== 'False' || scheduled.reason !== 'Unschedulable')
    return false;
  const { message = '' } = scheduled;
  return (
    !/node\.kubernetes\.io\/(disk|memory|pid)-pressure/.test(message) || /Insufficient|Too many pods/.test(message)
  );
}

/** Events of Cluster Autoscaler and Karpenter about a pod for which they add a node. */
const promisesNode = ({ reason, lastSeen }: Event, at: string): boolean =>
  (reason === 'TriggeredScaleUp' || reason === 'Nominated') && secondsSince(lastSeen, at) <= patience;
