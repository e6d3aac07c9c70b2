import { affectedBy } from '../../diagnosis/affected-targets.ts';
import { check } from '../../diagnosis/check.ts';
import { conditionOf, secondsSince } from '../../kubernetes/pod.ts';
import { nameOf } from '../../kubernetes/service.ts';
import type { Evidence } from '../../model/check-result.ts';
import type { Pod, TargetGroupBinding } from '../../model/kubernetes.ts';

/** What the load balancing controllers inject: the prefix and the name of a TargetGroupBinding. */
const gateOfBinding = /^target-health\.(?:elbv2\.k8s\.aws|eks\.amazonaws\.com)\/(.+)$/;

/** Seconds that a controller may take to report the first health of a target. */
const patience = 300;

export const readinessGateStuck = check({
  id: 'readiness-gate-stuck',
  kind: 'fault',
  stage: 'workload',
  severity: 'high',
  driftSymptom: true,
  dropSymptom: true,
  title: 'Pods behind the Service are not ready because the condition of a readiness gate is never set',
  symptom: 'Pods whose containers are ready do not become Ready, and rollouts do not finish.',
  why: `A pod with a readiness gate is ready only when a controller sets the condition of that name. The load balancer controller injects a
gate when the pod is created; if its TargetGroupBinding is gone or the controller does not run, the condition is never set.`,
  proof: `All containers of a selected pod are ready, the pod is not, and the condition of a readiness gate is not True. It is confirmed if
the gate names a TargetGroupBinding that does not exist; if the condition was not set for ${patience / 60} minutes, it is probable.`,
  nearMisses: [
    'A gate whose condition repeats the reason of an unhealthy target is the consequence, not the cause.',
    'If containers are not ready, they have another fault.',
    'Gates are injected only when a pod is created; a pod without one does not wait for it.',
  ],
  decidedBy: 'who writes the condition, and the log of that controller',
  fix: [
    {
      text: 'Delete the pods that wait for a deleted binding; the new pods get the gate of the current one, if any.',
      change: { remove: { object: 'pod {pod}', in: '{namespace}' } },
      danger: 'A pod without an owner such as a ReplicaSet is not created again.',
      disturbs: 'The pod ends, and its ReplicaSet starts another one.',
    },
    {
      text: 'If the binding exists, find out why the controller does not set the condition.',
      look: { kubectl: 'logs deployment/{controllerDeployment} --tail=100', in: '{controllerNamespace}' },
    },
  ],
  links: ['https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/'],
  masks: ['etp-local-no-ready-endpoint-anywhere'],
  unreadySymptom: true,
  needs: ['services', 'pods', 'endpointSlices', 'nodes', 'targetGroupBindings'],

  run(group, { targetGroupBindings, ...cluster }) {
    const stuck = (pod: Pod) => stuckGates(pod, targetGroupBindings, group.takenAt);
    return affectedBy(group, cluster, (pod) => stuck(pod).length > 0).flatMap(({ target, pod }) =>
      stuck(pod).map(
        ({ gate, why, confidence }): Evidence => ({
          ...(target && { target }),
          saw: `${nameOf(pod)} waits for its readiness gate ${gate}: ${why}`,
          expected: 'a condition of that name with status True',
          confidence,
          values: { pod: pod.metadata.name },
        }),
      ),
    );
  },
});

interface StuckGate {
  gate: string;
  why: string;
  confidence: Evidence['confidence'];
}

function stuckGates(pod: Pod, bindings: TargetGroupBinding[], at: string): StuckGate[] {
  const containersReady = conditionOf(pod, 'ContainersReady');
  if (containersReady?.status !== 'True') return [];
  return pod.spec.readinessGates.flatMap((gate): StuckGate[] => {
    const condition = conditionOf(pod, gate);
    if (condition?.status === 'True') return [];
    const name = gateOfBinding.exec(gate)?.[1];
    const isBound = bindings.some(
      ({ metadata }) => metadata.name === name && metadata.namespace === pod.metadata.namespace,
    );
    if (name !== undefined && !isBound) {
      return [{ gate, why: `there is no TargetGroupBinding ${name}`, confidence: 'confirmed' }];
    }
    if (name !== undefined && condition !== undefined) return [];
    const waited = secondsSince(containersReady.lastTransitionTime, at);
    if (waited <= patience) return [];
    const why = condition === undefined ? 'its condition is not set' : `${condition.reason ?? 'False'}`;
    return [{ gate, why, confidence: 'probable' }];
  });
}
