import { sourceRangesExcludeLbNodes } from '../../core/checks/network/source-ranges-exclude-lb-nodes.ts';
import { nodeGroup } from '../core/network/open-path.ts';
import { binding } from '../core/sample-binding.ts';
import { fail, instanceId, rule, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';
import { ownedBy } from './controller-case.ts';

const clients = rule({ fromPort: 31080, toPort: 31080, cidrIpv4: '203.0.113.0/24' });

/** A load balancer without security groups; the rule for clients is as narrow as the Service asks. */
const narrowed = given(sampleFacts, (facts) => {
  fail(facts.slices.targetHealth);
  for (const balancer of facts.slices.loadBalancers) balancer.securityGroups = [];
  for (const { spec } of facts.slices.services) spec.loadBalancerSourceRanges = ['203.0.113.0/24'];
  nodeGroup(facts).rules = [clients];
});
const all = [instanceId(0), instanceId(1), instanceId(2)];

testCheck(sourceRangesExcludeLbNodes, {
  found: [
    {
      name: 'clients only',
      facts: narrowed,
      targets: all,
      confidence: 'confirmed',
      saw: 'port 31080 is open to 203.0.113.0/24 as loadBalancerSourceRanges requires',
    },
    {
      name: 'a binding, whose checkpoint keeps the controller from looking again',
      facts: given(narrowed, ({ slices }) => {
        slices.targetGroupBindings = [binding([31080])];
      }),
      targets: all,
      confidence: 'confirmed',
      saw: '203.0.113.0/24',
      values: { binding: 'k8s-shop-web-0123456789', bindingNamespace: 'shop' },
    },
    {
      name: 'cloud-provider-aws, which any change of the Service wakes up',
      facts: ownedBy(narrowed, 'cloud-provider-aws'),
      targets: all,
      confidence: 'confirmed',
      saw: '203.0.113.0/24',
      values: { unbound: 'web' },
    },
    {
      name: 'the ranges by annotation',
      facts: given(narrowed, ({ slices }) => {
        for (const { spec, metadata } of slices.services) {
          spec.loadBalancerSourceRanges = [];
          metadata.annotations['service.beta.kubernetes.io/load-balancer-source-ranges'] =
            '198.51.100.0/24, 203.0.113.0/24';
        }
      }),
      targets: all,
      confidence: 'confirmed',
      saw: '203.0.113.0/24',
    },
    {
      name: 'a subnet of the load balancer left out of the rule for checks',
      facts: given(narrowed, (facts) => {
        nodeGroup(facts).rules.push(rule({ fromPort: 31080, toPort: 31080, cidrIpv4: '10.0.0.0/23' }));
      }),
      targets: all,
      confidence: 'confirmed',
      saw: 'from 10.0.2.5 (eu-west-1c)',
    },
  ],
  ruledOut: [
    {
      name: 'a rule of its own for the health check',
      facts: given(narrowed, (facts) => {
        nodeGroup(facts).rules.push(rule({ fromPort: 31080, toPort: 31080, cidrIpv4: '10.0.0.0/22' }));
      }),
    },
    {
      name: 'no source ranges and no rule',
      facts: given(narrowed, (facts) => {
        for (const { spec } of facts.slices.services) spec.loadBalancerSourceRanges = [];
        nodeGroup(facts).rules = [];
      }),
    },
    {
      name: 'source ranges, and no rule at all',
      facts: given(narrowed, (facts) => {
        nodeGroup(facts).rules = [];
      }),
    },
    {
      name: 'ranges that leave nobody out',
      facts: given(narrowed, (facts) => {
        for (const { spec } of facts.slices.services) spec.loadBalancerSourceRanges = ['0.0.0.0/0'];
      }),
    },
    {
      name: 'a load balancer with security groups, where the ranges apply',
      facts: given(narrowed, ({ slices }) => {
        for (const balancer of slices.loadBalancers) balancer.securityGroups = ['sg-0000000000000000b'];
      }),
    },
  ],
});
