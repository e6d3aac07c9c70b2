import { check } from '../../diagnosis/check.ts';
import { conditionOf, lastPodsAt, secondsSince } from '../../kubernetes/pod.ts';
import { endpointsOf, isReady, podsOf, serviceOf, servicePortOf } from '../../kubernetes/service.ts';
import type { Pod } from '../../model/kubernetes.ts';

/** Seconds by which Elastic Load Balancing may be late in forgetting a drained target. */
const grace = 300;
/** `deregistration_delay.timeout_seconds` where it is not set (ELBv2 API, TargetGroupAttribute). */
const defaultDelay = 300;

export const targetDraining = check({
  id: 'target-draining',
  kind: 'expected',
  stage: 'registration',
  severity: 'info',
  leaving: true,
  title: 'The target was deregistered and drains',
  symptom: 'Targets are `draining` with Target.DeregistrationInProgress.',
  why: `A deregistered target keeps its connections for the deregistration delay and gets no new ones. It stays in the list in the state
draining, and is gone afterwards.`,
  proof: `The state is draining and, if the pod shows since when, for no longer than the deregistration delay of the target group plus
${grace / 60} minutes. If no target is healthy and the Service has no ready endpoint, the cause is looked for in the pods.`,
  nearMisses: [
    'All targets of a group drain when all of its pods have failed: that is a fault of the pods.',
    'A target that drains for longer is stuck in Elastic Load Balancing.',
  ],
  decidedBy: 'the same target in the next run: it should be gone',
  fix: [
    {
      text: 'Nothing to fix. A preStop pause keeps pods running until the load balancer no longer sends to them.',
    },
  ],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#deregistration-delay',
  ],
  masks: [],
  needs: ['targetHealth', 'targetGroups'],
  optional: ['services', 'pods', 'endpointSlices'],

  run(group, { services, pods, endpointSlices }) {
    const service = services && serviceOf(group, services);
    const isDry =
      group.targetGroup.targetType === 'ip' &&
      service !== undefined &&
      endpointSlices !== undefined &&
      group.nonHealthy.length === group.targets.length &&
      !endpointsOf(service, servicePortOf(group, service), endpointSlices).some(isReady);
    if (isDry) return [];
    const behind = service === undefined ? (pods ?? []) : podsOf(service, pods ?? []);
    const delay = Number(group.targetGroup.attributes['deregistration_delay.timeout_seconds'] ?? defaultDelay);
    return group.nonHealthy.flatMap((target) => {
      if (target.state !== 'draining') return [];
      const [pod] = lastPodsAt(target.id, behind);
      const left = pod && leftAt(pod);
      const age = Math.round(secondsSince(left, group.takenAt));
      if (left !== undefined && age > delay + grace) return [];
      return [
        {
          target,
          saw: `${target.reason ?? 'draining'}${left === undefined ? '' : `, ${age} s after its pod left the endpoints`}`,
          expected: `gone within ${delay} s`,
          confidence: left === undefined ? ('probable' as const) : ('confirmed' as const),
        },
      ];
    });
  },
});

/** A pod leaves the endpoints when it ceases to be ready; one that is being deleted leaves at once. */
function leftAt(pod: Pod): string | undefined {
  const ready = conditionOf(pod, 'Ready');
  return ready?.status === 'True' ? undefined : ready?.lastTransitionTime;
}
