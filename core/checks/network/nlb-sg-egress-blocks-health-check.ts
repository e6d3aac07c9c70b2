import { check } from '../../diagnosis/check.ts';
import { waysTo } from '../../network/health-check-path.ts';
import { permission } from '../../network/missing-rule.ts';

export const nlbSgEgressBlocksHealthCheck = check({
  id: 'nlb-sg-egress-blocks-health-check',
  kind: 'fault',
  stage: 'network',
  order: -1,
  severity: 'critical',
  title: 'The security groups of the load balancer do not let the health check out',
  symptom: 'Every target of the load balancer is unhealthy although the security groups of the targets are right.',
  why: `Health checks leave the load balancer under the outbound rules of its own security groups. A new security group allows everything
out; once somebody has replaced that rule by a list, the health check port of the targets has to be on it.`,
  proof: `No outbound rule of any security group of the load balancer covers TCP to the health check port for the target's address or
its security groups.`,
  nearMisses: [
    'Inbound rules of the load balancer’s security groups have no say in health checks.',
    'Without security groups a load balancer lets everything out.',
    'A probe from elsewhere gets an answer, because it leaves under other rules.',
  ],
  decidedBy: 'the entries of the prefix lists that the outbound rules name',
  fix: [
    {
      text: 'Let the load balancer out to the health check port and to the traffic port of its targets.',
      command:
        'aws ec2 authorize-security-group-egress --region {region} --group-id {securityGroup} --ip-permissions {permission}',
    },
  ],
  links: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html'],
  masks: ['readiness-gate-stuck', 'app-saturated'],
  needs: ['networkInterfaces', 'securityGroups', 'subnets'],
  optional: ['prefixLists'],
  applies: ({ loadBalancer }) => loadBalancer !== undefined && loadBalancer.securityGroups.length > 0,

  run(group, network) {
    return group.failing.flatMap((target) => {
      const stopped = waysTo(target, group, network).flatMap(({ to, hops }) =>
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
            permission: permission(target.healthCheckPort, to.securityGroupIds[0], [to.address]),
          },
        },
      ];
    });
  },
});
