import { check } from '../../diagnosis/check.ts';
import { eventsAbout, makerOf } from '../../kubernetes/pod.ts';
import { podsOf, serviceOf } from '../../kubernetes/service.ts';
import { workloadsBehind, workloadsCarrying } from '../../kubernetes/workload.ts';
import type { Event, Workload } from '../../model/kubernetes.ts';

/** Who refuses, by the words of the API server's admission plug-ins; the first that fits. */
const refusals: { by: string; words: RegExp }[] = [
  { by: 'quota', words: /exceeded quota|failed quota/ },
  { by: 'limits', words: /(minimum|maximum) (cpu|memory|[a-z-]+) usage per|LimitRange|limit to request ratio/ },
  { by: 'podSecurity', words: /violates PodSecurity/ },
  { by: 'serviceAccount', words: /error looking up service account|serviceaccount "[^"]*" not found/ },
  { by: 'webhook', words: /admission webhook "|failed calling webhook "/ },
];

export const workloadPodsRefused = check({
  id: 'workload-pods-refused',
  kind: 'fault',
  stage: 'workload',
  severity: 'critical',
  title: 'The API server refuses the pods of the workload',
  symptom: 'Every node is unhealthy, or the ip target group is empty; the workload wants pods and has none.',
  why: `A ReplicaSet, StatefulSet or DaemonSet creates its pods through the API server. A quota, a LimitRange, Pod Security, an admission
webhook or a missing ServiceAccount can make it refuse them. Then there is no pod whose state could show the reason: only an event of
the workload does.`,
  proof: `A workload whose pods carry every label of the selector wants replicas, no pod of the Service exists, and the last event of the
workload or of its ReplicaSet is FailedCreate.`,
  nearMisses: [
    'The workload has zero replicas: `workload-scaled-to-zero`.',
    'Pods exist and are not scheduled: `pod-unschedulable`.',
    'An event that was followed by SuccessfulCreate is over.',
  ],
  decidedBy: 'the events of the ReplicaSet, StatefulSet or DaemonSet',
  fix: [
    {
      text: 'Read the whole message.',
      look: { kubectl: 'describe {maker}', in: '{namespace}' },
    },
    {
      text: 'Raise the quota, or lower the requests of the workloads in the namespace.',
      look: { kubectl: 'describe resourcequotas', in: '{namespace}' },
      when: 'quota',
    },
    {
      text: 'Set requests and limits of the containers that the LimitRange allows.',
      look: { kubectl: 'describe limitranges', in: '{namespace}' },
      when: 'limits',
    },
    {
      text: 'Change the securityContext of the pods as the message requires; the level is a label of the namespace.',
      look: { kubectl: 'get namespace {namespace} --show-labels' },
      when: 'podSecurity',
    },
    {
      text: 'Create the ServiceAccount that the pod template names.',
      look: { kubectl: 'get serviceaccounts', in: '{namespace}' },
      when: 'serviceAccount',
    },
    {
      text: 'Find the webhook that the message names, and check whether its Service has ready endpoints.',
      look: { kubectl: 'get validatingwebhookconfigurations,mutatingwebhookconfigurations' },
      when: 'webhook',
    },
  ],
  links: [
    'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
    'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
  ],
  masks: ['etp-local-no-ready-endpoint-anywhere', 'svc-selector-matches-no-pods'],
  needs: ['services', 'pods', 'workloads', 'events'],

  run(group, { services, pods, workloads, events }) {
    const service = serviceOf(group, services);
    if (service === undefined || Object.keys(service.spec.selector).length === 0) return undefined;
    if (podsOf(service, pods).length > 0) return undefined;
    const wanting = workloadsBehind(service, workloads).filter(({ spec }) => spec.replicas > 0);
    if (wanting.length === 0) return undefined;
    const names = new Set(wanting.map(({ metadata }) => metadata.name));
    const makers = workloadsCarrying(service, workloads).filter(
      (each) => wanting.includes(each) || (each.spec.replicas > 0 && names.has(makerOf(each)?.name ?? '')),
    );
    const [refused] = makers.flatMap((maker) => refusalOf(maker, events) ?? []).toSorted(latestFirst);
    if (refused === undefined) return [];
    const { maker, event } = refused;
    const kind = refusals.find(({ words }) => words.test(event.note))?.by;
    const name = `${maker.kind.toLowerCase()}/${maker.metadata.name}`;
    return [
      {
        saw: `${maker.kind} ${maker.metadata.name} wants ${maker.spec.replicas} and has no pod; event ${event.reason}${event.count > 1 ? ` (${event.count} times)` : ''}: ${event.note}`,
        expected: 'pods that the API server accepts',
        confidence: 'confirmed' as const,
        values: { maker: name, ...(kind !== undefined && { [kind]: name }) },
      },
    ];
  },
});

interface Refusal {
  maker: Workload;
  event: Event;
}

const latestFirst = (a: Refusal, b: Refusal): number => Date.parse(b.event.lastSeen) - Date.parse(a.event.lastSeen);

/** The last word about the creation of its pods, where it is a refusal. */
function refusalOf(maker: Workload, events: Event[]): Refusal | undefined {
  const [event] = eventsAbout(events, maker.kind, maker)
    .filter(({ reason }) => reason === 'FailedCreate' || reason === 'SuccessfulCreate')
    .toSorted((a, b) => Date.parse(b.lastSeen) - Date.parse(a.lastSeen));
  return event?.reason === 'FailedCreate' ? { maker, event } : undefined;
}
