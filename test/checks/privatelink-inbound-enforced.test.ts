import { privatelinkInboundEnforced } from '../../core/checks/network/privatelink-inbound-enforced.ts';
import type { Facts } from '../../core/model/facts.ts';
import { rule, sampleFacts } from '../core/sample-facts.ts';
import { testCheck } from './check-tester.ts';

/** The sample behind an endpoint service, in which these inbound rules are the only ones of the load balancer. */
const admitting =
  (rules: Parameters<typeof rule>[0][], change: (facts: Facts) => void = () => {}) =>
  (): Facts => {
    const facts = sampleFacts();
    const { slices } = facts;
    const own = slices.securityGroups.find(({ name }) => name === 'load balancer');
    if (own !== undefined) own.rules = [...own.rules.filter(({ egress }) => egress), ...rules.map(rule)];
    slices.endpointServices = [
      {
        id: 'vpce-svc-1',
        name: 'com.amazonaws.vpce.eu-west-1.vpce-svc-1',
        state: 'Available',
        loadBalancerArns: slices.loadBalancers.map(({ arn }) => arn),
      },
    ];
    change(facts);
    return facts;
  };

const http = { fromPort: 80, toPort: 80 };
const ownVpc = [{ ...http, cidrIpv4: '10.0.0.0/16' }];

testCheck(privatelinkInboundEnforced, {
  found: [
    {
      name: 'only the range of the own VPC',
      facts: admitting(ownVpc),
      targets: [],
      confidence: 'probable',
      saw: /vpce-svc-1 has k8s-shop-web, .* those for TCP 80 admit only 10\.0\.0\.0\/16/,
      values: { annotated: 'yes', endpointService: 'vpce-svc-1' },
    },
    {
      name: 'a part of the own VPC and a security group',
      facts: admitting([
        { ...http, cidrIpv4: '10.0.3.0/24' },
        { ...http, referencedGroupId: 'sg-0000000000000000a' },
      ]),
      targets: [],
      confidence: 'probable',
      saw: /admit only 10\.0\.3\.0\/24, sg-0000000000000000a/,
    },
    {
      name: 'a load balancer that no Service owns',
      facts: admitting(ownVpc, (facts) => {
        facts.owners = [];
      }),
      targets: [],
      confidence: 'probable',
      saw: /inbound rules are enforced/,
      values: { securityGroups: ['sg-0000000000000000b'] },
    },
  ],
  ruledOut: [
    { name: 'a load balancer without endpoint service', facts: sampleFacts },
    { name: 'a range of other VPCs', facts: admitting([...ownVpc, { ...http, cidrIpv4: '10.0.0.0/8' }]) },
    { name: 'a prefix list', facts: admitting([...ownVpc, { ...http, prefixListId: 'pl-1' }]) },
    { name: 'no rule at all, which nlb-sg-blocks-clients says', facts: admitting([]) },
    {
      name: 'rules that are not enforced',
      facts: admitting(ownVpc, ({ slices }) => {
        for (const balancer of slices.loadBalancers) balancer.privateLinkEnforcement = 'off';
      }),
    },
    {
      name: 'an endpoint service that is being deleted',
      facts: admitting(ownVpc, ({ slices }) => {
        for (const service of slices.endpointServices) service.state = 'Deleting';
      }),
    },
    {
      name: 'an endpoint service of another load balancer',
      facts: admitting(ownVpc, ({ slices }) => {
        for (const service of slices.endpointServices) service.loadBalancerArns = ['arn:other'];
      }),
    },
  ],
});
