import { gateLabelOf, waitsForTarget } from '../../controllers/readiness-gates.ts';
import { secondsToSettle } from '../../diagnosis/affected-targets.ts';
import { check } from '../../diagnosis/check.ts';
import { isPodReady, isServing, makerOf, secondsSince } from '../../kubernetes/pod.ts';
import { podsOf, serviceOf } from '../../kubernetes/service.ts';
import { kindAndName } from '../../kubernetes/workload.ts';
import { under } from '../../model/indexed.ts';
import type { Pod, Workload } from '../../model/kubernetes.ts';

export const rolloutWithoutReadinessGates = check({
  id: 'rollout-without-readiness-gates',
  kind: 'latent',
  stage: 'workload',
  severity: 'low',
  title: 'A rollout replaced every pod before the load balancer had taken in the new ones',
  symptom: 'For some minutes of each rollout clients fail, and every target is initial or draining.',
  why: `Kubernetes goes on with a rollout as soon as a new pod is ready, which takes seconds. The load balancer takes minutes to register a
target and check it. Without a readiness gate nothing makes the rollout wait, so the last old pod ends before a new one is served.`,
  proof: `The targets are pod addresses, none is healthy, some are initial and some draining; every pod of the Service is ready, has no
readiness gate of the controller, and belongs to a ReplicaSet that is younger than a new target takes to become healthy.`,
  nearMisses: [
    'Pods with a readiness gate hold the rollout up until their targets are healthy.',
    'While a target is healthy, clients are served.',
    'After a scale from zero nothing of before was serving: the ReplicaSet is an old one.',
    'Targets of type instance do not change with the pods.',
  ],
  decidedBy: 'the health of the targets in the next minutes: they become healthy by themselves',
  fix: [
    {
      text: 'Let the controller inject readiness gates into new pods of this namespace.',
      change: { label: { '{label}': 'enabled' }, on: { object: 'namespace {namespace}' } },
      disturbs: 'Pods created from then on wait for a healthy target, also those of the next rollout.',
    },
    {
      text: 'Keep old pods serving while they leave: a preStop pause that is longer than a registration takes, with a termination grace period beyond it.',
    },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/',
    'https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-nlb.html',
  ],
  masks: [],
  needs: ['targetHealth', 'services', 'pods', 'workloads'],
  applies: ({ targetGroup, owner }) =>
    targetGroup.targetType === 'ip' &&
    (owner?.controller === 'aws-load-balancer-controller' || owner?.controller === 'eks-auto-mode'),

  run(group, { services, pods, workloads }) {
    const service = serviceOf(group, services);
    if (service === undefined) return undefined;
    const own = podsOf(service, pods).filter(isServing);
    const initial = group.targets.filter(({ state }) => state === 'initial');
    const leaving = group.targets.filter(({ state }) => state === 'draining');
    const isTurnedOver =
      initial.length > 0 && leaving.length > 0 && initial.length + leaving.length === group.targets.length;
    const isLeft = leaving.every(({ id }) => own.every(({ status }) => !status.podIPs.includes(id)));
    const isFresh = (pod: Pod): boolean => {
      const made = replicaSetOf(pod, workloads)?.metadata.creationTimestamp;
      return isPodReady(pod) && secondsSince(made, group.takenAt) <= secondsToSettle(group);
    };
    if (!isTurnedOver || !isLeft || own.length === 0 || !own.every(isFresh) || own.some(waitsForTarget)) return [];
    const made = replicaSetOf(own[0] as Pod, workloads)?.metadata;
    const age = Math.round(secondsSince(made?.creationTimestamp, group.takenAt));
    return [
      {
        saw: `${initial.length} initial and ${leaving.length} draining targets, none healthy; all ${own.length} pods are ready, of ${made?.name}, ${age} s old, and have no readiness gate`,
        expected: 'a readiness gate in each pod, so that the rollout waits for its target',
        confidence: 'confirmed' as const,
        severity: 'medium' as const,
        values: { label: gateLabelOf(group.owner?.controller) },
      },
    ];
  },
});

function replicaSetOf(pod: Pod, workloads: Workload[]): Workload | undefined {
  const maker = makerOf(pod);
  return maker?.kind === 'ReplicaSet'
    ? under(workloads, kindAndName, `ReplicaSet ${pod.metadata.namespace}/${maker.name}`)[0]
    : undefined;
}
