import { check } from '../check.ts';
import { arrivalsAt } from '../path-to-target.ts';

export const sgTargetMissingHealthCheckRule = check({
  id: 'sg-target-missing-health-check-rule',
  kind: 'fault',
  stage: 'network',
  severity: 'critical',
  title: 'No security group of the target admits the health check',
  why: `The load balancer opens a connection to the health check port of every target, from its own addresses. Without an ingress rule
for that port and those addresses, or for the security group of the load balancer, the packets are dropped in silence.`,
  proof: `For at least one node of the load balancer no rule of any security group on the target's network interface admits TCP to
the health check port, neither by address nor by the load balancer's security groups.`,
  nearMisses: [
    'A rule that names a security group matches only load balancers that carry it.',
    'A rule for the traffic port does not cover another health check port.',
    'Inbound rules of the load balancer’s own security group have no say in health checks.',
  ],
  decidedBy: 'the entries of the prefix lists that the rules name',
  fix: [
    {
      text: 'Admit the health check port from the load balancer. Better: let the controller manage the rule.',
      command:
        'aws ec2 authorize-security-group-ingress --region {region} --group-id {securityGroup} --ip-permissions {permission}',
      verify: 'aws elbv2 describe-target-health --region {region} --target-group-arn {targetGroup}',
    },
  ],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html',
  ],
  explains: [],
  needs: ['networkInterfaces', 'securityGroups', 'subnets'],
  wants: ['prefixLists'],

  run(group, network) {
    return group.unhealthy.flatMap((target) => {
      const arrivals = arrivalsAt(target, group, network);
      const stopped = arrivals.filter(({ admission }) => admission !== 'admitted');
      const [first] = stopped;
      if (first === undefined) return [];
      const names = first.securityGroups.map(({ id }) => id).join(', ');
      const source = group.loadBalancer?.securityGroups[0];
      const port = target.healthCheckPort;
      return [
        {
          target,
          saw: `${names}: no rule for TCP ${port} from ${stopped.map(({ node }) => `${node.address} (${node.zone})`).join(', ')}`,
          expected: `TCP ${port} admitted from ${source ?? 'the addresses of the load balancer'}`,
          confidence: stopped.every(({ admission }) => admission === 'denied')
            ? ('confirmed' as const)
            : ('possible' as const),
          values: {
            securityGroup: first.securityGroups[0]?.id ?? '',
            permission: permission(
              port,
              source,
              stopped.map(({ node }) => node.address),
            ),
          },
        },
      ];
    });
  },
});

/** `--ip-permissions` in JSON: by security group where the load balancer has one, else by address. */
function permission(port: number, securityGroup: string | undefined, addresses: string[]): string {
  const peers =
    securityGroup === undefined
      ? { IpRanges: addresses.map((address) => ({ CidrIp: address.includes('/') ? address : `${address}/32` })) }
      : { UserIdGroupPairs: [{ GroupId: securityGroup }] };
  return JSON.stringify([{ IpProtocol: 'tcp', FromPort: port, ToPort: port, ...peers }]);
}
