import { check } from '../../diagnosis/check.ts';

export const unhealthyDrainingByDesign = check({
  id: 'unhealthy-draining-by-design',
  kind: 'mechanism',
  stage: 'answer',
  severity: 'low',
  title: 'The target fails its health checks and its open connections are kept for a while',
  symptom: 'Targets are `unhealthy.draining` and keep their connections for a while.',
  why: `A target group can leave the connections of a target that becomes unhealthy open for a draining interval. The state is then
unhealthy.draining: the checks fail for the same reasons as in the state unhealthy, but clients that are connected are not cut off.`,
  proof: `The state is unhealthy.draining; the attributes show that connections are not terminated and how long the interval is.`,
  nearMisses: [
    'The state draining belongs to targets that are being deregistered: `target-draining`.',
    'This setting never makes a target fail: the cause is another one.',
  ],
  decidedBy: 'the attributes of the target group',
  fix: [
    {
      text: 'Fix the cause of the failing checks; the setting itself is correct.',
      look: { aws: 'elbv2 describe-target-group-attributes', options: '--target-group-arn {targetGroup}' },
    },
  ],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#unhealthy-target-connection-termination',
  ],
  masks: [],
  needs: ['targetHealth', 'targetGroups'],

  run({ targetGroup, failing }) {
    const { attributes } = targetGroup;
    const interval = attributes['target_health_state.unhealthy.draining_interval_seconds'];
    const keeps = attributes['target_health_state.unhealthy.connection_termination.enabled'] === 'false';
    return failing
      .filter(({ state }) => state === 'unhealthy.draining')
      .map((target) => ({
        target,
        saw: `connections of a failing target stay open${interval === undefined ? '' : ` for ${interval} s`}`,
        expected: 'a healthy target',
        confidence: keeps ? ('confirmed' as const) : ('probable' as const),
      }));
  },
});
