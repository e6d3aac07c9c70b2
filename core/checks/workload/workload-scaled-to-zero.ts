import { check } from '../../diagnosis/check.ts';
import { scaledToZeroBy } from '../../kubernetes/autoscaling.ts';
import { makerOf } from '../../kubernetes/pod.ts';
import { podsOf, serviceOf } from '../../kubernetes/service.ts';
import { workloadsBehind } from '../../kubernetes/workload.ts';
import type { Workload } from '../../model/kubernetes.ts';

export const workloadScaledToZero = check({
  id: 'workload-scaled-to-zero',
  kind: 'fault',
  stage: 'workload',
  severity: 'high',
  needsChange: true,
  title: 'The workload behind the Service is scaled to zero',
  symptom: 'Every node is unhealthy, or the ip target group is empty, and the workload wants no pods.',
  why: `A workload with zero replicas has no pods, so the Service has no endpoint and every target of the group fails or
disappears. It may be intended, for example at night.`,
  proof: `The pod template of a Deployment, StatefulSet or ReplicaSet carries every label of the selector, its replicas
are 0, and no pod matches; or it is that of a DaemonSet that wants no pods. Messages of KEDA or kube-downscaler are quoted.`,
  nearMisses: [
    'The labels differ: `svc-selector-matches-no-pods`.',
    'The ip target group is empty because a scaler scaled to zero on purpose: `intended-empty-or-blue-green`.',
  ],
  decidedBy: 'who set the replicas: kubectl get hpa, scheduled jobs, the last change of the workload',
  fix: [
    {
      when: 'workload',
      text: 'Scale the workload up, or delete the Service if nothing should run.',
      change: { scale: 2, on: { object: '{workload}', in: '{namespace}' } },
      danger: 'A scaler or schedule that removed the replicas on purpose removes them again.',
    },
    {
      when: 'daemonSet',
      text: 'A DaemonSet cannot be scaled: check which nodes its nodeSelector, affinity and tolerations allow.',
      look: { kubectl: 'describe daemonset {daemonSet}', in: '{namespace}' },
    },
  ],
  links: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/'],
  masks: ['etp-local-no-ready-endpoint-anywhere'],
  needs: ['services', 'pods', 'workloads'],
  optional: ['events'],

  run(group, { services, pods, workloads, events = [] }) {
    const service = serviceOf(group, services);
    if (service === undefined || Object.keys(service.spec.selector).length === 0) return undefined;
    if (podsOf(service, pods).length > 0) return [];
    const serving = workloadsBehind(service, workloads);
    const [first] = serving;
    if (first === undefined || serving.some(({ spec }) => spec.replicas > 0)) return [];
    const scaler = scaledToZeroBy(first, events);
    return [
      {
        saw: `${formatEmpty(first)}${scaler === undefined ? '' : `; ${scaler}`}`,
        expected: 'at least 1 replica',
        confidence: 'confirmed' as const,
        values: first.kind === 'DaemonSet' ? { daemonSet: first.metadata.name } : { workload: scaledAs(first) },
      },
    ];
  },
});

function formatEmpty(workload: Workload): string {
  const { kind, metadata } = workload;
  if (kind === 'DaemonSet') return `DaemonSet ${metadata.name} wants no pod on any node`;
  const owner = makerOf(workload);
  return `${kind} ${metadata.name}${owner === undefined ? '' : ` of ${owner.kind} ${owner.name}`} has 0 replicas`;
}

/** What owns the workload sets its replicas, for example a Rollout of Argo. */
function scaledAs(workload: Workload): string {
  const { kind, name } = makerOf(workload) ?? { kind: workload.kind, name: workload.metadata.name };
  return `${kind.toLowerCase()}/${name}`;
}
