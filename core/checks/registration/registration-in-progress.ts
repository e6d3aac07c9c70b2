import { bindingsOf, successesOf } from '../../controllers/reconcile-errors.ts';
import { secondsToSettle, startSeconds } from '../../diagnosis/affected-targets.ts';
import { check } from '../../diagnosis/check.ts';
import { isCrashing, podsAt, statusesOf } from '../../kubernetes/pod.ts';
import { nameOf, nodeOf, podsOf, serviceOf } from '../../kubernetes/service.ts';
import type { Instance, Target } from '../../model/aws.ts';
import type { Confidence } from '../../model/check-result.ts';
import { withId } from '../../model/indexed.ts';
import type { Event, Node, ObjectMeta, Pod, TargetGroupBinding } from '../../model/kubernetes.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';

export const registrationInProgress = check({
  id: 'registration-in-progress',
  kind: 'expected',
  stage: 'registration',
  severity: 'info',
  title: 'The target was registered minutes ago and waits for its first health checks',
  symptom: 'Targets are `initial` with Elb.RegistrationInProgress or Elb.InitialHealthChecking.',
  why: `A Network Load Balancer takes some minutes to announce a new target to all of its nodes, and then needs the healthy
threshold of successful checks. Until then the state is initial.`,
  proof: `The state is initial, and the event that starts a registration happened no more than ${startSeconds / 60} minutes plus the time of the healthy
threshold ago: the pod, node, instance, binding or load balancer was created, the pod or node became ready, or the controller reported success.`,
  nearMisses: [
    'A target that stays initial for longer is no longer expected.',
    'A pod that crashes repeatedly is registered again each time it becomes ready.',
  ],
  decidedBy: 'the same target in the next run',
  fix: [{ text: 'Wait. With pod readiness gates a rollout continues only when its targets are healthy.' }],
  links: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html'],
  masks: [],
  needs: ['targetHealth'],
  optional: ['services', 'pods', 'nodes', 'instances', 'targetGroupBindings', 'events'],

  run(group, { services = [], pods = [], nodes = [], instances = [], targetGroupBindings = [], events = [] }) {
    const allowed = secondsToSettle(group);
    const initial = group.nonHealthy.filter(({ state }) => state === 'initial');
    if (initial.length === 0) return [];
    const service = serviceOf(group, services);
    const around: Around = {
      pods: service === undefined ? pods : podsOf(service, pods),
      nodes,
      instances,
      bindings: bindingsOf(group, targetGroupBindings),
      successes: successesOf(group, events, targetGroupBindings),
    };
    return initial.flatMap((target) => {
      const [last] = beginningsOf(target, group, around).toSorted((a, b) => b.at - a.at);
      const age = last && Math.round((Date.parse(group.takenAt) - last.at) / 1000);
      if (age !== undefined && age > allowed) return [];
      return [
        {
          target,
          saw: `${target.reason ?? 'initial'}${last ? `, ${age} s after ${last.what}` : ''}`,
          expected: `healthy within ${allowed} s`,
          confidence: last?.confidence ?? ('probable' as const),
        },
      ];
    });
  },
});

/** A moment, in milliseconds, at which the target may have been registered. */
interface Beginning {
  what: string;
  at: number;
  confidence: Confidence;
}

/** What concerns the target group. */
interface Around {
  pods: Pod[];
  nodes: Node[];
  instances: Instance[];
  bindings: TargetGroupBinding[];
  successes: Event[];
}

function beginningsOf(target: Target, group: TargetGroupContext, around: Around): Beginning[] {
  const { pods, nodes, instances, bindings, successes } = around;
  const [pod] = podsAt(target.id, pods);
  const node = nodeOf(target, nodes);
  if (isOfOtherCluster(target, around)) return [];
  const crashes = pod !== undefined && statusesOf(pod).some((status) => isCrashing(status, group.takenAt));
  const readinessOf = ({ status }: Pod | Node) =>
    crashes ? [] : status.conditions.filter((each) => /Ready$/.test(each.type) && each.status === 'True');
  return [
    ...beginning('the load balancer was created', group.loadBalancer?.createdAt),
    ...beginning(`${target.id} was launched`, withId(instances, target.id)?.launchedAt),
    ...bindings.flatMap(wasMade),
    ...[pod, node]
      .flatMap((each) => each ?? [])
      .flatMap((each) => [
        ...wasMade(each),
        ...readinessOf(each).flatMap((turn) => beginning(`${nameOf(each)} became ready`, turn.lastTransitionTime)),
      ]),
    ...successes.flatMap(({ reason, lastSeen }) => beginning(`event ${reason}`, lastSeen, 'probable')),
  ];
}

/** Another cluster registers it, and what happened there is not known here. */
const isOfOtherCluster = (target: Target, { pods, nodes, bindings }: Around): boolean =>
  bindings.some(({ spec }) => spec.multiClusterTargetGroup === true) &&
  nodeOf(target, nodes) === undefined &&
  podsAt(target.id, pods).length === 0;

const wasMade = (object: { metadata: ObjectMeta }): Beginning[] =>
  beginning(`${nameOf(object)} was made`, object.metadata.creationTimestamp);

const beginning = (what: string, at: string | undefined, confidence: Confidence = 'confirmed'): Beginning[] =>
  at === undefined ? [] : [{ what, at: Date.parse(at), confidence }];
