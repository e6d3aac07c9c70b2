import { check } from '../check.ts';
import { podsOf, serviceOf } from '../service.ts';

export const workloadScaledToZero = check({
  id: 'workload-scaled-to-zero',
  kind: 'fault',
  stage: 'workload',
  severity: 'high',
  title: 'The workload behind the Service is scaled to zero',
  symptom: 'Every node is unhealthy, or the ip target group is empty, and the workload asks for no pods.',
  why: `A workload with zero replicas has no pods, so the Service has no endpoint and every target of the group fails or
disappears. It may be intended, for example at night.`,
  proof: `The pod template of a Deployment, StatefulSet or ReplicaSet carries every label of the selector, its replicas
are 0, and no pod matches.`,
  nearMisses: ['Labels that differ are `svc-selector-matches-no-pods`.'],
  decidedBy: 'who set the replicas: kubectl get hpa, scheduled jobs, the last change of the workload',
  fix: [
    {
      text: 'Scale the workload up, or delete the Service if nothing should run.',
      command: 'kubectl --namespace {namespace} scale {kind}/{workload} --replicas=2',
      verify: 'kubectl --namespace {namespace} get pods',
    },
  ],
  links: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/'],
  explains: ['etp-local-no-ready-endpoint-anywhere'],
  needs: ['services', 'pods', 'workloads'],

  run(group, { services, pods, workloads }) {
    const service = serviceOf(group, services);
    const selector = Object.entries(service?.spec.selector ?? {});
    if (service === undefined || selector.length === 0 || podsOf(service, pods).length > 0) return [];
    const serving = workloads.filter(
      ({ kind, metadata, spec }) =>
        kind !== 'ReplicaSet' &&
        metadata.namespace === service.metadata.namespace &&
        selector.every(([key, value]) => spec.template.labels[key] === value),
    );
    if (serving.length === 0 || serving.some(({ spec }) => spec.replicas > 0)) return [];
    return serving.slice(0, 1).map(({ kind, metadata }) => ({
      saw: `${kind} ${metadata.name} has 0 replicas`,
      expected: 'at least 1 replica',
      confidence: 'confirmed' as const,
      values: { kind: kind.toLowerCase(), workload: metadata.name },
    }));
  },
});
