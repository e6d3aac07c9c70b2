import type { Target } from '../aws.ts';
import { check } from '../check.ts';
import { bindingsOf, successesOf } from '../complaints.ts';
import type { Slices } from '../facts.ts';
import type { Confidence } from '../finding.ts';
import type { Group } from '../group.ts';
import type { Node, ObjectMeta, Pod } from '../kubernetes.ts';
import { isCrashing, podsAt, statusesOf } from '../pod.ts';
import { nameOf, nodeOf, podsOf, serviceOf } from '../service.ts';

/** Minutes that registration and the first checks may take (LBC#1834: three to five are normal). */
const window = 5;

export const registrationInProgress = check({
  id: 'registration-in-progress',
  kind: 'expected',
  stage: 'registration',
  severity: 'info',
  title: 'The target was registered minutes ago and waits for its first health checks',
  symptom: 'Targets are `initial` with Elb.RegistrationInProgress or Elb.InitialHealthChecking.',
  why: `A Network Load Balancer takes some minutes to announce a new target to all of its nodes, and then needs the healthy
threshold of successful checks. Until then the state is initial.`,
  proof: `The state is initial, and what a registration begins with is not longer ago than ${window} minutes plus the time of the healthy
threshold: the pod, node, instance, binding or load balancer was made, the pod or node became ready, or the controller told of success.`,
  nearMisses: [
    'A target that stays initial for longer is not expected any more.',
    'A pod that crashes again and again is registered anew every time that it becomes ready.',
  ],
  decidedBy: 'the same target in the next run',
  fix: [{ text: 'Wait. Pod readiness gates keep a rollout from going on before its targets are healthy.' }],
  links: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html'],
  explains: [],
  needs: ['targetHealth'],
  wants: ['services', 'pods', 'nodes', 'instances', 'targetGroupBindings', 'events'],

  run(group, facts) {
    const { healthyThreshold, intervalSeconds } = group.targetGroup.healthCheck;
    const allowed = window * 60 + healthyThreshold * intervalSeconds;
    return group.notHealthy.flatMap((target) => {
      if (target.state !== 'initial') return [];
      const [last] = beginningsOf(target, group, facts).toSorted((a, b) => b.at - a.at);
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

type Wanted = {
  [Name in 'services' | 'pods' | 'nodes' | 'instances' | 'targetGroupBindings' | 'events']: Slices[Name] | undefined;
};

function beginningsOf(target: Target, group: Group, facts: Wanted): Beginning[] {
  const { services = [], pods = [], nodes = [], instances = [], targetGroupBindings = [], events = [] } = facts;
  const service = serviceOf(group, services);
  const [pod] = podsAt(target.id, service === undefined ? pods : podsOf(service, pods));
  const node = nodeOf(target, nodes);
  const crashes = pod !== undefined && statusesOf(pod).some((status) => isCrashing(status, group.takenAt));
  const readinessOf = ({ status }: Pod | Node) =>
    crashes ? [] : status.conditions.filter((each) => /Ready$/.test(each.type) && each.status === 'True');
  return [
    ...beginning('the load balancer was made', group.loadBalancer?.createdAt),
    ...beginning(`${target.id} was launched`, instances.find(({ id }) => id === target.id)?.launchedAt),
    ...bindingsOf(group, targetGroupBindings).flatMap(wasMade),
    ...[pod, node]
      .flatMap((each) => each ?? [])
      .flatMap((each) => [
        ...wasMade(each),
        ...readinessOf(each).flatMap((turn) => beginning(`${nameOf(each)} became ready`, turn.lastTransitionTime)),
      ]),
    ...successesOf(group, events, targetGroupBindings).flatMap(({ reason, lastSeen }) =>
      beginning(`event ${reason}`, lastSeen, 'probable'),
    ),
  ];
}

const wasMade = (object: { metadata: ObjectMeta }): Beginning[] =>
  beginning(`${nameOf(object)} was made`, object.metadata.creationTimestamp);

const beginning = (what: string, at: string | undefined, confidence: Confidence = 'confirmed'): Beginning[] =>
  at === undefined ? [] : [{ what, at: Date.parse(at), confidence }];
