import { bindingsOf, isHandMade } from '../../controllers/reconcile-errors.ts';
import { check } from '../../diagnosis/check.ts';
import { nameOf } from '../../kubernetes/service.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { asCidr } from '../../network/address.ts';
import { admitClients } from '../../network/admit-clients.ts';
import type { Network } from '../../network/connection-path.ts';
import { sourcesOf } from '../../network/health-check-path.ts';
import { type MissingRule, missingRulesOf, reworded } from '../../network/missing-rule.ts';
import { doorsOf } from '../../network/openings.ts';
import { sourceGroupOf } from '../../network/source-group.ts';

export const tgbNetworkingMissing = check({
  id: 'tgb-networking-missing',
  kind: 'fault',
  stage: 'network',
  severity: 'critical',
  title: 'A TargetGroupBinding written by hand requests no network rules, and no one else created them',
  symptom: 'All targets of a TargetGroupBinding written by hand are unhealthy and give no answer.',
  why: `The controller opens the targets' security group only for what spec.networking of the binding lists. Without that field it
registers targets and changes no rule, so the health checks of a load balancer created elsewhere are dropped.`,
  proof: `The binding that fills this target group was not written by a controller and has no spec.networking, and no rule of the target's
security groups admits the health check.`,
  nearMisses: [
    'Without the field someone else may manage the rules: if they admit the health check, nothing is wrong.',
    'The controller wrote the binding for a Service that sets the security groups of its load balancer: `byo-nlb-sg-without-backend-rules`.',
  ],
  decidedBy: 'the entries of the prefix lists that the rules name',
  fix: [
    {
      text: 'Let the controller write the rule: add the source, the health check port and the traffic port to the binding.',
      change: { patch: '{patch}', type: 'merge', on: { object: 'targetgroupbinding {binding}', in: '{namespace}' } },
      disturbs: { nothing: 'the controller adds rules for this load balancer to the security groups of the targets.' },
    },
    admitClients,
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/spec/',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html',
  ],
  masks: [
    'sg-target-missing-health-check-rule',
    'sg-rule-removed-by-other-manager',
    'pod-sg-missing-nlb-rule',
    'eniconfig-sg-blocks-nlb',
  ],
  needs: ['targetGroupBindings', 'networkInterfaces', 'securityGroups', 'subnets'],
  optional: ['prefixLists'],

  run(group, { targetGroupBindings, ...network }) {
    const [binding] = bindingsOf(group, targetGroupBindings).filter(isHandMade);
    if (binding === undefined || binding.spec.networking !== undefined) return [];
    return missingRulesOf(group, network).map((rule) => {
      const port = rule.target.healthCheckPort;
      return reworded(rule, {
        saw: `${nameOf(binding)} has no spec.networking; ${rule.saw}`,
        expected: `spec.networking with the load balancer as source of TCP ${port}, or a rule created elsewhere`,
        values: { binding: binding.metadata.name, patch: patchOf(rule, group, network) },
      });
    });
  },
});

/**
 * `spec.networking` with the load balancer's security group as source, or its addresses where it has none: for the health check
 * and for traffic, but for traffic that comes from addresses of clients.
 */
function patchOf({ target, values }: MissingRule, group: TargetGroupContext, network: Network): string {
  const groupID = sourceGroupOf(group.loadBalancer, network.securityGroups);
  const [check, ...traffic] = doorsOf(target, group);
  const doors = values.clientPort === undefined ? [check, ...traffic] : [check];
  const ports = doors.map(({ protocol, port }) => ({ protocol: protocol.toUpperCase(), port }));
  const from =
    groupID === undefined
      ? sourcesOf(group, network).map(({ end }) => ({ ipBlock: { cidr: asCidr(end.address) } }))
      : [{ securityGroup: { groupID } }];
  return JSON.stringify({ spec: { networking: { ingress: [{ from, ports }] } } });
}
