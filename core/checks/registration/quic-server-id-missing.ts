import { controllerDeployment } from '../../controllers/controller.ts';
import { check } from '../../diagnosis/check.ts';
import { isPodReady, isServing, workloadOf } from '../../kubernetes/pod.ts';
import { nameOf, podsOf, serviceOf } from '../../kubernetes/service.ts';
import type { Pod, Workload } from '../../model/kubernetes.ts';

const annotation = 'service.beta.kubernetes.io/aws-load-balancer-quic-enabled-containers';

export const quicServerIdMissing = check({
  id: 'quic-server-id-missing',
  kind: 'fault',
  stage: 'registration',
  severity: 'high',
  title: 'Pods behind a QUIC target group have no server ID, so they are never registered',
  symptom: 'Ready pods are never registered with a QUIC target group.',
  why: `A QUIC target is registered together with the server ID by which the load balancer finds it again. The controller's webhook gives the
ID to containers that an annotation of the pod names, in labelled namespaces, when the pod is created. Pods without one are skipped,
and only the controller's log reports it.`,
  proof: `The protocol of the target group is QUIC or TCP_QUIC, no target is registered, and none of the Service's ready pods has both the
annotation and the variable that holds the ID.`,
  nearMisses: [
    'The webhook acts only when a pod is created: labels and annotations added later have no effect on running pods.',
    'An ID that is set in the variable by hand counts as well.',
  ],
  decidedBy:
    'the line "Dropping registration request for QUIC enabled target with no server ID" in the log of the controller',
  fix: [
    {
      text: 'Label the namespace, so that the webhook is called for its pods; it takes effect with the next step.',
      withNext: true,
      change: { label: { 'elbv2.k8s.aws/quic-server-id-inject': 'enabled' }, on: { object: 'namespace {namespace}' } },
      disturbs: { nothing: 'the webhook is called for pods that are created from then on.' },
    },
    {
      text: 'Name the container in the annotation of the pod template; that starts new pods.',
      change: {
        patch: { spec: { template: { metadata: { annotations: { [annotation]: '{container}' } } } } },
        type: 'merge',
        on: { object: '{workload}', in: '{namespace}' },
      },
    },
  ],
  links: ['https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/use_cases/quic/'],
  masks: ['ready-endpoints-not-registered'],
  needs: ['services', 'pods'],
  optional: ['workloads'],
  applies: ({ targetGroup }) =>
    targetGroup.targetType === 'ip' && (targetGroup.protocol === 'QUIC' || targetGroup.protocol === 'TCP_QUIC'),

  run(group, { services, pods, workloads }) {
    const service = serviceOf(group, services);
    if (service === undefined || group.targets.some(({ state }) => state !== 'draining')) return [];
    const ready = podsOf(service, pods).filter((pod) => isServing(pod) && isPodReady(pod));
    const variable = variableOf(workloads ?? []);
    const [first] = ready;
    if (first === undefined || ready.some((pod) => hasServerId(pod, variable))) return [];
    const lacks =
      first.metadata.annotations[annotation] === undefined
        ? `the annotation ${annotation}`
        : `the variable ${variable}`;
    return [
      {
        saw: `${ready.length} ready pods, and none is registered: ${nameOf(first)} lacks ${lacks}`,
        expected: `a server ID in ${variable} of each pod`,
        confidence: 'confirmed',
        values: { workload: workloadOf(first), container: first.spec.containers[0]?.name ?? '' },
      },
    ];
  },
});

/** The controller reads the id only from annotated pods (LBC:pkg/k8s/pod_info.go). */
const hasServerId = (pod: Pod, variable: string): boolean =>
  pod.metadata.annotations[annotation] !== undefined &&
  pod.spec.containers.some(({ env }) => env.some(({ name }) => name === variable));

/** The variable's name is a flag of the controller. */
function variableOf(workloads: Workload[]): string {
  const words = controllerDeployment(workloads)?.spec.template.containers.flatMap(({ args }) => args) ?? [];
  const flag = words.find((word) => word.startsWith('--quic-environment-variable-name='));
  return flag?.split('=')[1] ?? 'AWS_LBC_QUIC_SERVER_ID';
}
