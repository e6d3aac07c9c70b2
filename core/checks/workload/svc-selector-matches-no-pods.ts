import { check } from '../../diagnosis/check.ts';
import { writeLabels } from '../../kubernetes/label-selector.ts';
import { podsIn } from '../../kubernetes/pod.ts';
import { podsOf, serviceOf } from '../../kubernetes/service.ts';
import { workloadsBehind, workloadsBeside } from '../../kubernetes/workload.ts';
import type { Service, Workload } from '../../model/kubernetes.ts';

export const svcSelectorMatchesNoPods = check({
  id: 'svc-selector-matches-no-pods',
  kind: 'fault',
  stage: 'workload',
  severity: 'critical',
  needsChange: true,
  title: 'The selector of the Service matches no pod',
  symptom: 'Every node is unhealthy, or the ip target group is empty, while pods that look right are running.',
  why: `Endpoints come from the pods that have every label of the selector. Without a match the Service has no endpoint:
kube-proxy rejects connections to its NodePort, and no pod address is registered in ip mode.`,
  proof: `The Service has a selector, no pod of its namespace has all of its labels, and no workload of that
namespace would create such a pod. In a namespace without pods and workloads it is only probable that the selector is wrong.`,
  nearMisses: [
    'A workload has matching labels and zero replicas: `workload-scaled-to-zero`.',
    'A Service without a selector gets its endpoints from elsewhere.',
  ],
  decidedBy: 'the labels of the pods that should serve: kubectl get pods --show-labels',
  fix: [
    {
      text: 'Give the Service the labels of the pods that should serve it.',
      change: { selector: '{labels}' },
      danger: 'All pods with these labels get traffic at once.',
    },
  ],
  links: ['https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/'],
  masks: ['etp-local-no-ready-endpoint-anywhere'],
  needs: ['services', 'pods', 'workloads'],

  run(group, { services, pods, workloads }) {
    const service = serviceOf(group, services);
    if (service === undefined || Object.keys(service.spec.selector).length === 0) return undefined;
    if (podsOf(service, pods).length > 0 || workloadsBehind(service, workloads).length > 0) return [];

    const here = workloadsBeside(service, workloads);
    const nearest = nearestOf(here, service);
    const labels = nearest && labelsFor(service, nearest);
    const inNamespace = podsIn(service.metadata.namespace, pods).length;
    const isBare = inNamespace === 0 && here.length === 0;
    return [
      {
        saw: `selector ${writeLabels(service.spec.selector)} matches 0 of ${inNamespace} pods in ${service.metadata.namespace}${isBare ? ', and no workload there creates any' : ''}`,
        expected: nearest
          ? `labels of the pods that should serve, for example of ${nearest.kind} ${nearest.metadata.name}: ${writeLabels(nearest.spec.template.labels)}`
          : 'labels of the pods that should serve',
        confidence: isBare ? ('probable' as const) : ('confirmed' as const),
        ...(labels && { values: { labels: writeLabels(labels) } }),
      },
    ];
  },
});

/** The workload that is most likely meant: of the same name, else with most of the selector's labels, else the only one. */
function nearestOf(workloads: Workload[], service: Service): Workload | undefined {
  const candidates = workloads.filter(({ kind }) => kind !== 'ReplicaSet');
  const selector = Object.entries(service.spec.selector);
  const likeness = ({ spec: { template } }: Workload): number =>
    selector.filter(([key, value]) => template.labels[key] === value).length;
  const [first, second] = candidates.toSorted((a, b) => likeness(b) - likeness(a));
  const isClear = first !== undefined && (second === undefined || likeness(first) > likeness(second));
  return candidates.find(({ metadata }) => metadata.name === service.metadata.name) ?? (isClear ? first : undefined);
}

/** The keys of the selector where the pods carry them all: others, such as a version, change with the next rollout. */
function labelsFor({ spec: { selector } }: Service, workload: Workload): Record<string, string> {
  const { labels } = workload.spec.template;
  const isComplete = Object.keys(selector).every((key) => key in labels);
  return isComplete ? Object.fromEntries(Object.entries(labels).filter(([key]) => key in selector)) : labels;
}
