import { ipFamilyMismatchLbVsTarget } from '../../core/checks/registration/ip-family-mismatch-lb-vs-target.ts';
import type { Facts } from '../../core/model/facts.ts';
import { binding, reconcileError } from '../core/sample-binding.ts';
import { fail, sampleFacts, target } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const ip = () => sampleFacts({ targetType: 'ip' });
const makeIpv6 = ({ slices }: Facts) => {
  for (const { spec } of slices.services) spec.ipFamilies = ['IPv6'];
  slices.pods.forEach(({ status }, index) => {
    status.podIPs = [`2001:db8::${index + 1}`];
  });
};
const dualStack = ({ slices }: Facts) => {
  for (const group of slices.targetGroups) group.ipAddressType = 'ipv6';
  for (const balancer of slices.loadBalancers) balancer.ipAddressType = 'dualstack';
  slices.subnets.forEach((subnet, index) => {
    subnet.ipv6Cidrs = [`2001:db8:0:${index}::/64`];
  });
};
const empty = ({ slices }: Facts) => {
  slices.targetHealth = [];
};
const ipv4PodsInIpv6Group = given(ip, (facts) => {
  dualStack(facts);
  empty(facts);
});
const ipv6Targets = given(ip, (facts) => {
  makeIpv6(facts);
  dualStack(facts);
  facts.slices.targetHealth = [target({ id: '2001:db8::1' })];
  fail(facts.slices.targetHealth);
});

testCheck(ipFamilyMismatchLbVsTarget, {
  found: [
    {
      name: 'an IPv6 group for IPv4 pods',
      facts: ipv4PodsInIpv6Group,
      targets: [],
      confidence: 'confirmed',
      saw: 'the target group accepts IPv6, the Service and its pods have IPv4',
    },
    {
      name: 'an IPv6 Service behind a load balancer for IPv4',
      facts: given(ip, (facts) => {
        makeIpv6(facts);
        empty(facts);
        facts.slices.targetGroupBindings.push(binding([8080]));
        facts.slices.events.push(
          reconcileError('FailedBuildModel', 'unsupported IPv6 configuration, lb not dual-stack', {
            regarding: { kind: 'Service', name: 'web', namespace: 'shop' },
          }),
        );
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'the load balancer is ipv4, not dual-stack; event FailedBuildModel',
    },
    {
      name: 'IPv6 targets and a subnet without IPv6',
      facts: given(ipv6Targets, ({ slices }) => {
        const [first] = slices.subnets;
        if (first !== undefined) first.ipv6Cidrs = [];
      }),
      targets: ['2001:db8::1'],
      confidence: 'confirmed',
      saw: 'no IPv6 range in subnet-0aaaaaaaaaaaaaa00',
    },
  ],
  ruledOut: [
    { name: 'IPv6 from end to end', facts: ipv6Targets },
    {
      name: 'IPv4 targets behind a dual-stack load balancer',
      facts: given(ip, ({ slices }) => {
        fail(slices.targetHealth);
        for (const balancer of slices.loadBalancers) balancer.ipAddressType = 'dualstack';
      }),
    },
    { name: 'IPv4 from end to end and no target', facts: given(ip, empty) },
    { name: 'a group of another family that works all the same', facts: given(ip, dualStack) },
  ],
});
