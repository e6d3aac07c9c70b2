import { check } from '../../diagnosis/check.ts';

export const targetGroupNotAttached = check({
  id: 'target-group-not-attached',
  kind: 'fault',
  noteWithoutOwner: true,
  stage: 'registration',
  severity: 'medium',
  needsChange: true,
  title: 'No listener sends traffic to the target group',
  symptom: 'Every target is `unused` with Target.NotInUse, and no listener forwards to the target group.',
  why: `Elastic Load Balancing checks and uses only targets of groups that a listener forwards to. The others stay unused, even if their
targets work.`,
  proof: 'The target group names no load balancer, or none of that load balancer’s listeners forwards to it.',
  nearMisses: [
    'A target in a zone that the load balancer does not use is unused too, but other targets of the group are not.',
    'A blue/green target group with weight 0 counts as in use.',
    'A target group that no Service owns, for example of an old experiment, is a note and not an alarm.',
  ],
  decidedBy: 'the listeners of the load balancer that should use it',
  fix: [
    {
      text: 'Forward a listener to the target group, on the port to which clients connect, or delete the group if nothing needs it.',
      change: {
        aws: 'elbv2 create-listener',
        options: {
          'load-balancer-arn': '{loadBalancer}',
          protocol: '{protocol}',
          port: '{port}',
          'default-actions': 'Type=forward,TargetGroupArn={targetGroup}',
        },
      },
    },
  ],
  links: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html'],
  masks: [],
  needs: ['targetGroups', 'listeners'],

  run(group) {
    const { targetGroup, loadBalancer, listeners, nonHealthy, owner } = group;
    if (listeners.length > 0 || (targetGroup.loadBalancerArns.length > 0 && loadBalancer === undefined)) return [];
    const unused = nonHealthy.filter(({ state, reason }) => state === 'unused' && reason === 'Target.NotInUse');
    return unused.map((target) => ({
      target,
      saw: loadBalancer
        ? `no listener of ${loadBalancer.name} forwards to ${targetGroup.name}`
        : `${targetGroup.name} belongs to no load balancer`,
      expected: 'a listener that forwards to the target group',
      confidence: 'confirmed' as const,
      values: { port: owner?.servicePort ?? targetGroup.port, protocol: targetGroup.protocol },
    }));
  },
});
