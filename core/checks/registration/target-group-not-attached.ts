import { owedListener } from '../../controllers/deleted/owed-listener.ts';
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
  proof: `The target group names no load balancer, or none of that load balancer’s listeners forwards to it. An empty one counts where a controller
made it for a port of a Service and the load balancer in the status of the Service has no listener by that number which leads there.`,
  nearMisses: [
    'A target in a zone that the load balancer does not use is unused too, but other targets of the group are not.',
    'A blue/green target group with weight 0 counts as in use.',
    'A target group that no Service owns, for example of an old experiment, is a note and not an alarm.',
    'The load balancer itself, or the target group, was deleted: `deleted-outside-kubernetes`.',
  ],
  decidedBy: 'the listeners of the load balancer that should use it',
  fix: [
    {
      text: 'Let the controller reconcile the Service: it makes the listeners that are missing.',
      change: { wake: 'service' },
      when: 'owed',
    },
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
  optional: ['services', 'loadBalancers', 'endpointSlices'],

  run(group, { services = [], loadBalancers = [], ...around }) {
    const { targetGroup, loadBalancer, listeners, targets, nonHealthy, owner } = group;
    if (listeners.length > 0 || (targetGroup.loadBalancerArns.length > 0 && loadBalancer === undefined)) return [];
    const owed = owedListener(group, { ...around, services, loadBalancers });
    const balancer = owed?.loadBalancer ?? loadBalancer;
    const evidence = {
      saw: [
        balancer
          ? `no listener of ${balancer.name} forwards to ${targetGroup.name}`
          : `${targetGroup.name} belongs to no load balancer`,
        ...(owed ? [`none leads to port ${owed.port.port}, to which the Service sends its clients`] : []),
      ].join(', and '),
      expected: 'a listener that forwards to the target group',
      confidence: 'confirmed' as const,
      values: {
        port: owed?.port.port ?? owner?.servicePort ?? targetGroup.port,
        protocol: targetGroup.protocol,
        ...(owed && { owed: owed.port.port, loadBalancer: owed.loadBalancer.arn }),
      },
    };
    // An empty group is missed only where clients are sent there.
    if (targets.length === 0) return owed === undefined ? [] : [evidence];
    const unused = nonHealthy.filter(({ state, reason }) => state === 'unused' && reason === 'Target.NotInUse');
    return unused.map((target) => ({ target, ...evidence }));
  },
});
