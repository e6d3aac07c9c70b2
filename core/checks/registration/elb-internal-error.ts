import { check } from '../../diagnosis/check.ts';

export const elbInternalError = check({
  id: 'elb-internal-error',
  kind: 'fault',
  stage: 'registration',
  severity: 'high',
  title: 'Elastic Load Balancing cannot determine the health of the target',
  symptom: 'Targets are `unavailable` or `unhealthy` with Elb.InternalError, whatever they answer.',
  why: `Because of an internal error, Elastic Load Balancing cannot determine the health of the target. The cluster and the network may be
correct, and usually the error passes by itself.`,
  proof: 'The state of the target is unavailable, or its reason is Elb.InternalError.',
  nearMisses: ['The load balancer is not active: `load-balancer-not-active`.'],
  decidedBy: 'the same target in the next run, and AWS Health',
  fix: [
    {
      text: 'Check again in a few minutes.',
      look: { aws: 'elbv2 describe-target-health', options: '--target-group-arn {targetGroup}' },
    },
    { text: 'If it stays, open a case with AWS Support and name the target group: {targetGroup}.' },
  ],
  links: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html'],
  masks: [],
  needs: ['targetHealth'],

  run(group) {
    return group.nonHealthy
      .filter(({ state, reason }) => state === 'unavailable' || reason === 'Elb.InternalError')
      .map((target) => ({
        target,
        saw: [target.state, target.reason, target.description].filter((text) => text !== undefined).join(', '),
        expected: 'a health state from Elastic Load Balancing',
        confidence: 'confirmed' as const,
      }));
  },
});
