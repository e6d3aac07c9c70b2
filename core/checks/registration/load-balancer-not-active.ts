import { check } from '../../diagnosis/check.ts';
import type { Target } from '../../model/aws.ts';
import type { Evidence } from '../../model/check-result.ts';

/** Minutes that a new load balancer may take. */
const provisioning = 10;

export const loadBalancerNotActive = check({
  id: 'load-balancer-not-active',
  kind: 'fault',
  riskWhenHealthy: true,
  beforeTargets: true,
  stage: 'registration',
  severity: 'critical',
  title: 'The load balancer itself is not active',
  symptom: 'Targets stay `initial` or `unavailable` for a long time.',
  why: `A load balancer that could not be set up checks no targets: they stay initial. One that is impaired lacks what it needs to
scale. The state of the load balancer names the reason, often missing addresses or permissions, and nothing in the cluster fixes it.`,
  proof: `The state of the load balancer is failed or active_impaired, or it has been provisioning for more than ${provisioning} minutes.`,
  nearMisses: [
    'A few minutes of provisioning are normal.',
    'Single targets that are initial on an active load balancer: `registration-in-progress`.',
    'Targets that are unhealthy have been checked, so another cause is more likely.',
  ],
  decidedBy: 'the reason in the state of the load balancer, and the events of AWS Health',
  fix: [
    {
      text: 'Read the reason, then free addresses in its subnets (each needs eight) or restore the service-linked role, and create the load balancer again.',
      look: {
        aws: 'elbv2 describe-load-balancers',
        options: '--load-balancer-arns {loadBalancer} --query "LoadBalancers[].State"',
      },
    },
    { text: 'If the state names no reason that you can fix, open a case with AWS Support.' },
  ],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerState.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html',
  ],
  masks: ['elb-internal-error'],
  needs: ['loadBalancers'],

  run(group) {
    const { loadBalancer, targets, nonHealthy, takenAt } = group;
    if (loadBalancer === undefined || targets.length === 0) return [];
    const { state, stateReason, createdAt } = loadBalancer;
    const minutes = createdAt === undefined ? 0 : (Date.parse(takenAt) - Date.parse(createdAt)) / 60_000;
    const isBroken = state === 'failed' || (state === 'provisioning' && minutes > provisioning);
    if (!isBroken && state !== 'active_impaired') return [];
    const evidence = {
      saw: `${loadBalancer.name} is ${state}${stateReason === undefined ? '' : `: ${stateReason}`}`,
      expected: 'active',
    };
    if (nonHealthy.length === 0) return [{ ...evidence, confidence: 'confirmed' as const }];
    return nonHealthy
      .filter((target) => target.state !== 'draining' && target.state !== 'unused')
      .map((target) => ({
        target,
        ...evidence,
        confidence: likelihood(target, isBroken),
      }));
  },
});

/** A target that is called unhealthy has been checked, so that this is hardly why. */
function likelihood(target: Target, isBroken: boolean): Evidence['confidence'] {
  if (target.state.startsWith('unhealthy')) return 'possible';
  return isBroken ? 'confirmed' : 'probable';
}
