import { check } from '../../diagnosis/check.ts';
import type { Target } from '../../model/aws.ts';
import { withId } from '../../model/indexed.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import type { Endpoint, Network } from '../../network/connection-path.ts';
import { pathsTo, targetsNotAdmitted } from '../../network/health-check-path.ts';
import { doorsOf, type Opening, permissions } from '../../network/openings.ts';
import { securityGroupVerdict } from '../../network/security-groups.ts';

export const nlbSgEgressBlocksHealthCheck = check({
  id: 'nlb-sg-egress-blocks-health-check',
  kind: 'fault',
  stage: 'network',
  order: -1,
  severity: 'critical',
  begunBy: ['RevokeSecurityGroupEgress', 'ModifySecurityGroupRules', 'SetSecurityGroups'],
  title: 'The outbound rules of the load balancer’s security groups do not allow the health check',
  symptom: 'Every target of the load balancer is unhealthy although the security groups of the targets are correct.',
  why: `The outbound rules of the load balancer's security groups apply to its health checks. A new security group allows all outbound
traffic; if that rule was replaced by narrower ones, they have to include the health check port of the targets.`,
  proof: `No outbound rule of any security group of the load balancer covers TCP to the health check port for the target's address or
its security groups.`,
  nearMisses: [
    'Inbound rules of the load balancer’s security groups do not apply to health checks.',
    'Without security groups a load balancer has no outbound filter.',
    'A probe from elsewhere gets an answer, because other outbound rules apply to it.',
  ],
  decidedBy: 'the entries of the prefix lists that the outbound rules name',
  fix: [
    {
      text: 'Allow outbound traffic of the load balancer to the health check port and to the traffic port of its targets.',
      change: {
        aws: 'ec2 authorize-security-group-egress',
        options: { 'group-id': '{securityGroup}', 'ip-permissions': '{permission}' },
      },
    },
  ],
  links: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html'],
  masks: ['readiness-gate-stuck', 'app-saturated'],
  needs: ['networkInterfaces', 'securityGroups', 'subnets'],
  optional: ['prefixLists'],
  applies: ({ loadBalancer }) => loadBalancer !== undefined && loadBalancer.securityGroups.length > 0,

  run(group, network) {
    return targetsNotAdmitted(group, network).flatMap((target) => {
      const stopped = pathsTo(target, group, network).flatMap(({ to, hops }) =>
        hops
          .filter(({ kind, verdict }) => kind === 'egress' && verdict.decision !== 'allow')
          .map(({ verdict }) => ({ to, verdict })),
      );
      const [first] = stopped;
      if (first === undefined) return [];
      const { to, verdict } = first;
      return [
        {
          target,
          saw: verdict.by,
          expected: `an outbound rule of the load balancer for TCP ${target.healthCheckPort} to ${to.address}`,
          confidence: verdict.decision === 'deny' ? ('confirmed' as const) : ('possible' as const),
          values: {
            securityGroup: group.loadBalancer?.securityGroups[0] ?? '',
            permission: permissions(closedTo(to, target, group, network)),
          },
        },
      ];
    });
  },
});

/** Rules for the health check and for traffic, but for what the load balancer may send already: AWS refuses the whole call for one duplicate. */
function closedTo(to: Endpoint, target: Target, group: TargetGroupContext, network: Network): Opening[] {
  const groups = (group.loadBalancer?.securityGroups ?? []).flatMap((id) => withId(network.securityGroups, id) ?? []);
  return doorsOf(target, group)
    .filter((door) => {
      const packet = { direction: 'egress', ...door, peer: to } as const;
      return securityGroupVerdict(groups, packet, network.prefixLists).decision !== 'allow';
    })
    .map((door) => ({ ...door, securityGroup: to.securityGroupIds[0], addresses: [to.address] }));
}
