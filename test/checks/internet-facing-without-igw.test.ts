import { internetFacingWithoutIgw } from '../../core/checks/network/internet-facing-without-igw.ts';
import type { Facts } from '../../core/model/facts.ts';
import { sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

type Route = Facts['slices']['routeTables'][number]['routes'][number];

const route = (target: string, destination = '0.0.0.0/0', state = 'active'): Route => ({ destination, target, state });

/** An internet-facing load balancer whose subnets have these routes beside the local one. */
const leading = (routes: Route[], change: (facts: Facts) => void = () => {}) =>
  given(sampleFacts, (facts) => {
    for (const balancer of facts.slices.loadBalancers) balancer.scheme = 'internet-facing';
    for (const table of facts.slices.routeTables) table.routes.push(...routes);
    change(facts);
  });

/** The subnet of the third zone has a route table of its own. */
const oneZone = leading([route('igw-1')], ({ vpcId, slices }) => {
  slices.routeTables.push({
    id: 'rtb-private',
    vpcId,
    main: false,
    subnetIds: ['subnet-0aaaaaaaaaaaaaa02'],
    routes: [route('local', '10.0.0.0/16')],
  });
});

const dualStack = ({ slices }: Facts): void => {
  for (const balancer of slices.loadBalancers) balancer.ipAddressType = 'dualstack';
};

const withList = (cidr: string) => (facts: Facts) => {
  facts.slices.prefixLists = [{ id: 'pl-1', cidrs: [cidr] }];
};

testCheck(internetFacingWithoutIgw, {
  found: [
    {
      name: 'no default route',
      facts: leading([]),
      targets: [],
      confidence: 'confirmed',
      saw: /has no route to the Internet, and/,
      values: { subnet: 'subnet-0aaaaaaaaaaaaaa00' },
    },
    {
      name: 'a default route through a NAT gateway',
      facts: leading([route('nat-1')]),
      targets: [],
      confidence: 'confirmed',
      saw: /0\.0\.0\.0\/0 through nat-1/,
    },
    {
      name: 'an internet gateway that is gone',
      facts: leading([route('igw-1', '0.0.0.0/0', 'blackhole')]),
      targets: [],
      confidence: 'confirmed',
      saw: /through igw-1, which is gone/,
    },
    {
      name: 'one zone of three',
      facts: oneZone,
      targets: [],
      confidence: 'confirmed',
      saw: /^zone eu-west-1c: rtb-private of subnet-0aaaaaaaaaaaaaa02 has no route to the Internet[^\n]*$/,
      values: { subnet: 'subnet-0aaaaaaaaaaaaaa02' },
    },
    {
      name: 'a peering with a private range, and an endpoint for S3',
      facts: leading([route('pcx-1', '10.1.0.0/16'), route('vpce-1', 'pl-1')], withList('52.218.0.0/17')),
      targets: [],
      confidence: 'confirmed',
      saw: /has no route to the Internet, and/,
    },
    {
      name: 'IPv4 alone of a dual-stack load balancer, whose IPv6 leaves by an egress-only gateway',
      facts: leading([route('igw-1'), route('eigw-1', '::/0')], dualStack),
      targets: [],
      confidence: 'probable',
      saw: /has no route of IPv6 to the Internet but ::\/0 through eigw-1/,
    },
    {
      name: 'neither family of a dual-stack load balancer',
      facts: leading([], dualStack),
      targets: [],
      confidence: 'confirmed',
      saw: /has no route to the Internet, and .* no route of IPv6 to the Internet/,
    },
    {
      name: 'an internet gateway for IPv6 alone',
      facts: leading([route('igw-1', '::/0')]),
      targets: [],
      confidence: 'confirmed',
      saw: /has no route to the Internet, and/,
    },
  ],
  ruledOut: [
    {
      name: 'a dual-stack load balancer with routes of both families',
      facts: leading([route('igw-1'), route('igw-1', '::/0')], dualStack),
    },
    { name: 'a default route to an internet gateway', facts: leading([route('igw-1')]) },
    { name: 'a route to an internet gateway for some public ranges', facts: leading([route('igw-1', '192.0.2.0/24')]) },
    { name: 'a firewall in between', facts: leading([route('vpce-1')]) },
    { name: 'a transit gateway', facts: leading([route('tgw-1')]) },
    { name: 'a prefix list that was not read', facts: leading([route('igw-1', 'pl-1')]) },
    {
      name: 'a prefix list that leads everywhere',
      facts: leading([route('vpce-1', 'pl-1')], withList('0.0.0.0/0')),
    },
    {
      name: 'a route table that was not read',
      facts: leading([], ({ slices }) => {
        slices.routeTables = [];
      }),
    },
    {
      name: 'an internal load balancer',
      facts: leading([], ({ slices }) => {
        for (const balancer of slices.loadBalancers) balancer.scheme = 'internal';
      }),
    },
    {
      name: 'listeners that send no traffic to the group',
      facts: leading([], ({ slices }) => {
        for (const listener of slices.listeners)
          listener.forwards = listener.forwards.map((forward) => ({ ...forward, weight: 0 }));
      }),
    },
  ],
});
