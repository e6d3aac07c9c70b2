import { expect, test } from 'vitest';
import { tgbNetworkingMissing } from '../../core/checks/network/tgb-networking-missing.ts';
import type { TargetGroupBinding } from '../../core/model/kubernetes.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { given, testCheck } from './check-tester.ts';
import { binding, failing, handMade, lackingRule } from './controller-case.ts';

const bound = (make: typeof failing, by: TargetGroupBinding) =>
  given(make, ({ slices }) => {
    slices.targetGroupBindings = [by];
  });

testCheck(tgbNetworkingMissing, {
  found: [
    {
      name: 'a hand-made binding without networking, and no rule',
      facts: bound(lackingRule, handMade()),
      targets: ['10.0.0.100', '10.0.1.100'],
      confidence: 'confirmed',
      saw: /shop\/by-hand has no spec.networking; sg-0000000000000000a: no rule for TCP 8080 from 10.0.0.5 \(eu-west-1a\)/,
    },
    {
      name: 'a rule with a prefix list whose entries were not read',
      facts: given(bound(lackingRule, handMade()), ({ slices }) => {
        for (const group of slices.securityGroups) {
          group.rules = [
            { id: 'sgr-1', egress: false, protocol: 'tcp', fromPort: 0, toPort: 65535, prefixListId: 'pl-1' },
          ];
        }
      }),
      targets: ['10.0.0.100', '10.0.1.100'],
      confidence: 'possible',
      saw: 'has no spec.networking',
    },
  ],
  ruledOut: [
    { name: 'somebody else made the rule', facts: bound(failing, handMade()) },
    {
      name: 'a hand-made binding that asks for a rule',
      facts: bound(lackingRule, handMade({ networking: { ingress: [] } })),
    },
    {
      name: 'a binding that the controller wrote without networking, for security groups of one’s own',
      facts: bound(lackingRule, { ...handMade(), metadata: binding({}).metadata }),
    },
    { name: 'no binding', facts: given(lackingRule, ({ slices }) => slices.targetGroupBindings.splice(0)) },
  ],
});

test('without a security group the patch names the addresses of the load balancer, in the family of the targets', () => {
  const facts = bound(lackingRule, handMade())();
  const { slices } = facts;
  for (const balancer of slices.loadBalancers) balancer.securityGroups = [];
  for (const group of slices.targetGroups) group.ipAddressType = 'ipv6';
  for (const [index, each] of slices.networkInterfaces.entries()) each.ipv6Addresses = [`2001:db8::${index}`];
  slices.targetHealth.forEach((target, index) => {
    target.id = slices.networkInterfaces[2 * index]?.ipv6Addresses[0] ?? '';
  });
  const [evidence] = groupsOf(facts).flatMap((group) => tgbNetworkingMissing.run(group, slices));
  expect(evidence?.values?.['patch']).toContain('"from":[{"ipBlock":{"cidr":"2001:db8::1/128"}}');
  expect(evidence?.values?.['patch']).not.toContain('10.0.');
});
