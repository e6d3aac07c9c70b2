import { listenersInUse } from '../../controllers/listeners/client-path.ts';
import { idleListeners } from '../../controllers/listeners/weights.ts';
import { check } from '../../diagnosis/check.ts';

export const listenerWeightsServeNoOne = check({
  id: 'listener-weights-serve-no-one',
  kind: 'fault',
  riskWhenHealthy: true,
  clientsWhenHealthy: true,
  beforeTargets: true,
  noteWithoutOwner: true,
  ownerless: true,
  stage: 'registration',
  severity: 'critical',
  needsChange: true,
  begunBy: ['ModifyListener'],
  title: 'The listener gives the weight 0 to all of its target groups',
  symptom: 'Every target may be healthy, and no client of the listener gets an answer.',
  why: `A listener divides its clients among its target groups by their weights. A group with the weight 0 gets none, which is how the waiting
one of a blue/green deployment is kept out. Where a shift of traffic ends half way, or a single group is left with the weight 0, no
group gets any, although each of them looks as if it only waited.`,
  proof: 'A listener that forwards to the target group gives the weight 0 to every target group that it names.',
  nearMisses: [
    'Another target group of the listener has a weight above 0: `intended-empty-or-blue-green`.',
    'No listener forwards to the target group: `target-group-not-attached`.',
    'Target groups that no Service owns may be switched off on purpose: a note.',
  ],
  decidedBy: 'the owner of the deployment',
  fix: [
    {
      text: 'Send the clients of the listener to this target group, if it is the one that serves.',
      change: {
        aws: 'elbv2 modify-listener',
        options: {
          'listener-arn': '{listener}',
          'default-actions': 'Type=forward,TargetGroupArn={targetGroup}',
        },
      },
      disturbs: { nothing: 'no client of this listener is served now.' },
    },
  ],
  links: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html'],
  masks: ['ready-endpoints-not-registered'],
  needs: ['listeners'],

  run(group) {
    const { owner, loadBalancer } = group;
    const someClients = listenersInUse(group).length > 0;
    return idleListeners(group).map(({ arn, protocol, port, forwards }) => {
      const names = forwards.map(({ targetGroupArn }) => targetGroupArn.split('/')[1] ?? targetGroupArn);
      return {
        saw: `${protocol} ${port} of ${loadBalancer?.name ?? 'the load balancer'} gives the weight 0 to ${names.join(' and ')}, and no more to any`,
        expected: 'a weight above 0 for a target group that serves',
        confidence: owner === undefined ? ('probable' as const) : ('confirmed' as const),
        ...(someClients && { someClients }),
        values: { listener: arn },
      };
    });
  },
});
