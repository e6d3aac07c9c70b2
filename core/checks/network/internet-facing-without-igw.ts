import { listenersInUse } from '../../controllers/listeners/client-path.ts';
import { check } from '../../diagnosis/check.ts';
import { originsOf } from '../../network/clients/client-origin.ts';
import { internetDenial } from '../../network/clients/internet-route.ts';

export const internetFacingWithoutIgw = check({
  id: 'internet-facing-without-igw',
  kind: 'clients',
  beforeTargets: true,
  stage: 'network',
  order: -2,
  severity: 'critical',
  ownerless: true,
  perZone: true,
  title: 'A subnet of the internet-facing load balancer has no route to an internet gateway',
  symptom:
    'Every target is healthy, and clients on the Internet time out: all of them, or those that get the address of one zone.',
  why: `The answers of an internet-facing load balancer leave by the route table of its subnet in each zone. Without a route to an internet
gateway they are dropped, and through a NAT gateway they leave with an address that no client expects. Health checks stay inside the VPC.`,
  proof: `The load balancer is internet-facing, and the route table of a subnet in which it has an address has no route for public
addresses, or only routes that are blackholes or go through a NAT gateway.`,
  nearMisses: [
    'A route for public addresses through a firewall endpoint, an appliance or a transit gateway may lead to an internet gateway: not judged.',
    'A route to an internet gateway for some public ranges serves the clients in them.',
    'A gateway endpoint for S3 or DynamoDB is no route to clients.',
    'Of a dual-stack load balancer one family has no such route: clients may use the other, at risk.',
    'An internal load balancer needs no such route.',
  ],
  decidedBy: 'the route table of each subnet of the load balancer',
  fix: [
    {
      text: 'Give the load balancer a public subnet in this zone. Where the AWS Load Balancer Controller chose the subnet, correct the tag kubernetes.io/role/elb, which marks public subnets.',
      look: {
        aws: 'ec2 describe-subnets',
        options: '--filters Name=vpc-id,Values={vpc} Name=tag-key,Values=kubernetes.io/role/elb',
      },
    },
    {
      text: 'Or make the subnet public: the first command shows which route table it uses, to which a default route to the internet gateway belongs. That makes it public for everything in it.',
      look: { aws: 'ec2 describe-route-tables', options: '--filters Name=association.subnet-id,Values={subnet}' },
    },
  ],
  links: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html',
  ],
  masks: [],
  needs: ['loadBalancers', 'listeners', 'routeTables'],
  optional: ['prefixLists'],
  applies: ({ loadBalancer }) => loadBalancer?.scheme === 'internet-facing',

  run(group, { routeTables, prefixLists }) {
    const { loadBalancer } = group;
    if (loadBalancer === undefined || listenersInUse(group).length === 0) return undefined;
    const families = originsOf(loadBalancer, undefined);
    const shut = loadBalancer.zones.flatMap(({ name, subnetId }) => {
      const denials = families.flatMap(
        ({ bits }) => internetDenial(subnetId, bits, { routeTables, prefixLists }) ?? [],
      );
      if (denials.length === 0) return [];
      return [
        {
          saw: `zone ${name}: ${denials.join(', and ')}, and ${loadBalancer.name} is internet-facing`,
          expected: 'a default route to an internet gateway',
          confidence: denials.length === families.length ? ('confirmed' as const) : ('probable' as const),
          values: { subnet: subnetId },
        },
      ];
    });
    // What is sure alarms, whatever else is only likely.
    const sure = shut.filter(({ confidence }) => confidence === 'confirmed');
    return sure.length > 0 ? sure : shut;
  },
});
