import { isEmpty } from '../../controllers/node-selection.ts';
import { reconcileErrorsOf } from '../../controllers/reconcile-errors.ts';
import { check } from '../../diagnosis/check.ts';
import type { Listener } from '../../model/aws.ts';
import type { Evidence } from '../../model/check-result.ts';
import { under } from '../../model/indexed.ts';

const errors = /TooManyTargets|TooManyRegistrationsForTargetId|TooManyTargetGroups|TooManyListeners/;
/** Default quotas of a target group and of a load balancer (NLB user guide, "Quotas"). */
const targetsPerGroup = 1000;
const listenersPerLoadBalancer = 50;

export const targetOrListenerQuota = check({
  id: 'target-or-listener-quota',
  kind: 'fault',
  riskWhenHealthy: true,
  stage: 'registration',
  severity: 'high',
  title: 'A quota of Elastic Load Balancing keeps targets from being registered',
  symptom: 'Targets or listeners are missing beyond a certain number.',
  why: `Load balancers and target groups can have a limited number of targets and listeners. Instance targets count once for every port of
the Service, so many ports on many nodes soon reach the quota. Anything above it is refused and missing.`,
  proof: `An event of the Service or of its TargetGroupBinding has one of the errors for quotas and no target is registered. On a target group
with healthy targets the event, or a count at the default quota, is a risk.`,
  nearMisses: [
    'Throttling limits the rate of calls, not the number of resources.',
    'A count at the default quota proves nothing if the quota has been raised.',
  ],
  decidedBy: 'the event of the controller, and the quotas applied to the account: aws elbv2 describe-account-limits',
  fix: [
    {
      text: 'Find out which quota it is, and request an increase.',
      look: {
        aws: 'service-quotas list-service-quotas',
        options: '--service-code elasticloadbalancing --query "Quotas[].[QuotaName,Value,QuotaCode]" --output text',
      },
    },
    {
      text: 'Or register fewer targets: ip targets instead of every node, or only the nodes that serve, with the annotation aws-load-balancer-target-node-labels.',
    },
  ],
  links: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html'],
  masks: ['ready-endpoints-not-registered', 'controller-build-or-deploy-failed'],
  needs: ['events'],
  optional: ['targetGroupBindings', 'listeners'],

  run(group, { events, targetGroupBindings, listeners }): Evidence[] {
    if (!isEmpty(group) && group.nonHealthy.length > 0) return [];
    const reported = reconcileErrorsOf(group, events, targetGroupBindings).find(({ event }) =>
      errors.test(event.note),
    )?.event;
    if (reported !== undefined) {
      const expected = 'targets and listeners within the quotas';
      return [{ saw: `event ${reported.reason}: ${reported.note}`, expected, confidence: 'confirmed' }];
    }
    const count = under(listeners ?? [], balancerOf, group.loadBalancer?.arn).length;
    if (group.targets.length < targetsPerGroup && count < listenersPerLoadBalancer) return [];
    return [
      {
        saw: `${group.targets.length} targets in the group, ${count} listeners on the load balancer`,
        expected: `fewer than ${targetsPerGroup} targets and ${listenersPerLoadBalancer} listeners, or raised quotas`,
        confidence: 'possible',
      },
    ];
  },
});

const balancerOf = ({ loadBalancerArn }: Listener): string[] => [loadBalancerArn];
