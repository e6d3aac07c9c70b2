import { check } from '../check.ts';
import { nodeOf } from '../service.ts';

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
  proof: `The state is initial and the pod, node, binding or load balancer behind the target is younger than ${window} minutes plus
the time of the healthy threshold.`,
  nearMisses: ['A target that stays initial for longer is not expected any more.'],
  decidedBy: 'the same target in the next run',
  fix: [{ text: 'Wait. Pod readiness gates keep a rollout from going on before its targets are healthy.' }],
  links: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html'],
  explains: [],
  needs: ['targetHealth'],
  wants: ['pods', 'nodes', 'targetGroupBindings'],

  run(group, { pods, nodes, targetGroupBindings }) {
    const { healthyThreshold, intervalSeconds } = group.targetGroup.healthCheck;
    const allowed = window * 60 + healthyThreshold * intervalSeconds;
    const binding = targetGroupBindings?.find(({ spec }) => spec.targetGroupARN === group.targetGroup.arn);
    return group.notHealthy.flatMap((target) => {
      if (target.state !== 'initial') return [];
      const pod = pods?.find(({ status }) => status.podIPs.includes(target.id));
      const born = [pod?.metadata, nodeOf(target, nodes ?? [])?.metadata, binding?.metadata].flatMap(
        (metadata) => metadata?.creationTimestamp ?? [],
      );
      if (group.loadBalancer?.createdAt !== undefined) born.push(group.loadBalancer.createdAt);
      const youngest = Math.max(...born.map((time) => Date.parse(time)));
      const age = Math.round((Date.parse(group.takenAt) - youngest) / 1000);
      if (born.length > 0 && age > allowed) return [];
      return [
        {
          target,
          saw: `${target.reason ?? 'initial'}${born.length > 0 ? `, ${age} s after what it points to was made` : ''}`,
          expected: `healthy within ${allowed} s`,
          confidence: born.length > 0 ? ('confirmed' as const) : ('probable' as const),
        },
      ];
    });
  },
});
