import { nlbSgBlocksClients } from '../../core/checks/network/nlb-sg-blocks-clients.ts';
import type { Facts } from '../../core/model/facts.ts';
import { rule, sampleFacts, useBothProtocols } from '../core/sample-facts.ts';
import { testCheck } from './check-tester.ts';

/** The sample, in which these inbound rules are the only ones of the load balancer. */
const admitting =
  (rules: Parameters<typeof rule>[0][], change: (facts: Facts) => void = () => {}) =>
  (): Facts => {
    const facts = sampleFacts({ targetType: 'ip' });
    const own = facts.slices.securityGroups.find(({ name }) => name === 'load balancer');
    if (own !== undefined) own.rules = [...own.rules.filter(({ egress }) => egress), ...rules.map(rule)];
    change(facts);
    return facts;
  };

const listening =
  (protocol: string, weight = 1) =>
  ({ slices }: Facts): void => {
    for (const listener of slices.listeners) {
      listener.protocol = protocol;
      listener.forwards = listener.forwards.map((forward) => ({ ...forward, weight }));
    }
  };

const internetFacing = ({ slices }: Facts): void => {
  for (const balancer of slices.loadBalancers) balancer.scheme = 'internet-facing';
};

const everywhere = { cidrIpv4: '0.0.0.0/0' };

testCheck(nlbSgBlocksClients, {
  found: [
    {
      name: 'no inbound rule at all',
      facts: admitting([]),
      targets: [],
      confidence: 'confirmed',
      saw: /no inbound rule for TCP 80, from whatever source/,
      values: { protocol: 'tcp', port: 80 },
    },
    {
      name: 'rules for another port',
      facts: admitting([{ fromPort: 443, toPort: 443, ...everywhere }]),
      targets: [],
      confidence: 'confirmed',
      saw: /no inbound rule for TCP 80/,
    },
    {
      name: 'a rule for another protocol',
      facts: admitting([{ fromPort: 80, toPort: 80, protocol: 'udp', ...everywhere }]),
      targets: [],
      confidence: 'confirmed',
      saw: /no inbound rule for TCP 80/,
    },
    {
      name: 'one of two protocols of a listener',
      facts: admitting([{ fromPort: 80, toPort: 80, protocol: 'udp', ...everywhere }], listening('TCP_UDP')),
      targets: [],
      confidence: 'probable',
      saw: /no inbound rule for TCP 80/,
    },
    {
      name: 'UDP, while the Service has a port of each protocol',
      facts: admitting([{ fromPort: 80, toPort: 80, ...everywhere }], (facts) => {
        listening('TCP_UDP')(facts);
        useBothProtocols(facts);
      }),
      targets: [],
      confidence: 'confirmed',
      saw: /no inbound rule for UDP 80/,
      values: { protocol: 'udp' },
    },
    {
      name: 'a rule for IPv6 alone, and a load balancer of IPv4',
      facts: admitting([{ fromPort: 80, toPort: 80, cidrIpv6: '::/0' }]),
      targets: [],
      confidence: 'confirmed',
      saw: /no inbound rule for TCP 80/,
    },
    {
      name: 'private addresses alone, and clients come from the Internet',
      facts: admitting([{ fromPort: 80, toPort: 80, cidrIpv4: '10.0.0.0/8' }], internetFacing),
      targets: [],
      confidence: 'probable',
      saw: /inbound rules for TCP 80 admit 10\.0\.0\.0\/8 alone/,
    },
    {
      name: 'target groups that no Service owns',
      facts: admitting([], (facts) => {
        facts.owners = [];
      }),
      targets: [],
      confidence: 'confirmed',
      saw: /no inbound rule for TCP 80/,
    },
  ],
  ruledOut: [
    { name: 'a healthy group', facts: sampleFacts },
    { name: 'a narrow range', facts: admitting([{ fromPort: 80, toPort: 80, cidrIpv4: '192.0.2.7/32' }]) },
    {
      name: 'a narrow range of the Internet',
      facts: admitting([{ fromPort: 80, toPort: 80, cidrIpv4: '192.0.2.7/32' }], internetFacing),
    },
    {
      name: 'a rule for IPv6, and a dual-stack load balancer',
      facts: admitting([{ fromPort: 80, toPort: 80, cidrIpv6: '::/0' }], ({ slices }) => {
        for (const balancer of slices.loadBalancers) balancer.ipAddressType = 'dualstack';
      }),
    },
    {
      name: 'the VPC alone, of an endpoint service',
      facts: admitting([{ fromPort: 80, toPort: 80, cidrIpv4: '10.0.0.0/8' }], (facts) => {
        internetFacing(facts);
        const loadBalancerArns = facts.slices.loadBalancers.map(({ arn }) => arn);
        facts.slices.endpointServices = [{ id: 'vpce-svc-1', name: 'svc', state: 'Available', loadBalancerArns }];
      }),
    },
    { name: 'another security group', facts: admitting([{ fromPort: 0, toPort: 65535, referencedGroupId: 'sg-1' }]) },
    { name: 'a prefix list', facts: admitting([{ fromPort: 80, toPort: 80, prefixListId: 'pl-1' }]) },
    { name: 'a rule for everything', facts: admitting([{ protocol: '-1', fromPort: -1, toPort: -1, ...everywhere }]) },
    { name: 'a listener of weight 0', facts: admitting([], listening('TCP', 0)) },
    {
      name: 'a load balancer without security groups',
      facts: admitting([], ({ slices }) => {
        for (const balancer of slices.loadBalancers) balancer.securityGroups = [];
      }),
    },
    {
      name: 'an endpoint service that does not enforce rules on PrivateLink',
      facts: admitting([], ({ slices }) => {
        for (const balancer of slices.loadBalancers) balancer.privateLinkEnforcement = 'off';
      }),
    },
  ],
});
