import { check } from '../../diagnosis/check.ts';

export const elbInternalError = check({
  id: 'elb-internal-error',
  kind: 'fault',
  stage: 'registration',
  severity: 'high',
  title: 'Elastic Load Balancing cannot tell the health of the target',
  symptom: 'Targets are `unavailable` or `unhealthy` with Elb.InternalError, whatever they answer.',
  why: `An error inside Elastic Load Balancing keeps it from judging the target. Nothing in the cluster or the network has to be wrong,
and usually it passes by itself.`,
  proof: 'The state of the target is unavailable, or its reason is Elb.InternalError.',
  nearMisses: ['A load balancer that is not active has a fault of its own, and its state names it.'],
  decidedBy: 'the same target in the next run, and AWS Health',
  fix: [
    {
      text: 'Look again in some minutes.',
      command: 'aws elbv2 describe-target-health --region {region} --target-group-arn {targetGroup}',
    },
    { text: 'If it lasts, open a case with AWS Support and name the target group: {targetGroup}.' },
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
        expected: 'a verdict of Elastic Load Balancing',
        confidence: 'confirmed' as const,
      }));
  },
});
