import { check } from '../../diagnosis/check.ts';
import { pathsTo } from '../../network/health-check-path.ts';
import { isOutside } from '../../network/outside-vpc.ts';
import { routeTo } from '../../network/route-tables.ts';

export const ipTargetUnroutableOrOutsideVpc = check({
  id: 'ip-target-unroutable-or-outside-vpc',
  kind: 'fault',
  stage: 'network',
  severity: 'high',
  title: 'The target’s address is outside the VPC, and the load balancer’s subnets have no route to it',
  symptom: 'Targets with addresses outside the VPC are unhealthy, or their registration is refused.',
  why: `A target group accepts addresses of peered VPCs and of networks behind a transit gateway or Direct Connect. The load balancer reaches
them only through the route tables of its subnets. If client addresses are preserved, it serves only those in peered VPCs.`,
  proof: `The address is in none of the VPC's ranges, and the route table of a load balancer subnet has no route to it or one whose target is
gone. It is also probable when the target group preserves client addresses and the route does not lead to a peered VPC.`,
  nearMisses: [
    'Pods of EKS Hybrid Nodes are outside the VPC by design: with a route they are fine.',
    'For a target in a peered VPC client addresses may be preserved.',
    'A pod on an EC2 node whose address is outside the VPC belongs to an overlay network.',
  ],
  decidedBy: 'VPC Reachability Analyzer from the load balancer’s interface to the address',
  fix: [
    {
      text: 'Give the load balancer’s subnets a route to {target}, and the other side a route back.',
      look: {
        aws: 'ec2 describe-route-tables',
        options: '--filters Name=association.subnet-id,Values={subnet} --query "RouteTables[].Routes[]"',
      },
    },
    {
      when: 'preserves',
      text: 'Turn off the preservation of client addresses for targets outside the VPC.',
      change: { attribute: 'preserve_client_ip.enabled', to: 'false' },
      disturbs:
        'The targets of this group then see the addresses of the load balancer instead of those of the clients.',
    },
  ],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation',
  ],
  masks: ['app-saturated', 'readiness-gate-stuck'],
  needs: ['networkInterfaces', 'securityGroups', 'subnets', 'vpcs', 'routeTables'],
  optional: ['prefixLists'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'ip',

  run(group, facts) {
    return group.failing.flatMap((target) => {
      if (!isOutside(target.id, group.targetGroup, facts.vpcs)) return [];
      const routes = pathsTo(target, group, facts).flatMap(({ node, hops }) =>
        hops
          .filter(({ kind, verdict }) => kind === 'route' && verdict.decision === 'deny')
          .map(({ verdict }) => ({ subnet: node.subnetId, by: verdict.by })),
      );
      const [first] = routes;
      const isPeered = group.loadBalancer?.zones.every(({ subnetId }) => {
        const route = routeTo(target.id, subnetId, facts);
        return route.kind === 'via' && route.target.startsWith('pcx-');
      });
      const preserves = group.targetGroup.attributes['preserve_client_ip.enabled'] === 'true' && !isPeered;
      if (first === undefined && !preserves) return [];
      return [
        {
          target,
          saw:
            first === undefined
              ? `${target.id} is outside ${group.targetGroup.vpcId}, and the target group preserves client addresses`
              : `${target.id} is outside ${group.targetGroup.vpcId}: ${routes.map(({ by }) => by).join('; ')}`,
          expected:
            first === undefined ? 'preserve_client_ip.enabled false' : 'a route from every subnet of the load balancer',
          confidence: first === undefined ? ('probable' as const) : ('confirmed' as const),
          values: {
            ...(preserves && { preserves: 'yes' }),
            target: target.id,
            subnet: first?.subnet ?? group.loadBalancer?.zones[0]?.subnetId ?? '',
          },
        },
      ];
    });
  },
});
