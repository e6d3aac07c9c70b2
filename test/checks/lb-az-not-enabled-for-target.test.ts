import { expect, test } from 'vitest';
import { lbAzNotEnabledForTarget } from '../../core/checks/registration/lb-az-not-enabled-for-target.ts';
import type { Facts } from '../../core/model/facts.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { instanceId, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const unused = ({ slices }: Facts, ...ids: string[]) => {
  for (const each of slices.targetHealth) {
    if (ids.includes(each.id)) Object.assign(each, { state: 'unused', reason: 'Target.NotInUse' });
  }
};
/** The load balancer has subnets in the first two zones only. */
const twoZones = (make = sampleFacts) =>
  given(make, ({ slices }) => {
    for (const balancer of slices.loadBalancers) balancer.zones = balancer.zones.slice(0, 2);
  });
/** DescribeTargetHealth names no zone for instances. */
const instances = given(twoZones(), (facts) => {
  for (const each of facts.slices.targetHealth) delete each.zone;
  unused(facts, instanceId(2));
});

testCheck(lbAzNotEnabledForTarget, {
  found: [
    {
      name: 'an instance in the third zone',
      facts: instances,
      targets: [instanceId(2)],
      confidence: 'confirmed',
      saw: 'the target is in eu-west-1c, k8s-shop-web uses eu-west-1a, eu-west-1b',
    },
    {
      name: 'an address in the third zone, by its subnet',
      facts: given(
        twoZones(() => sampleFacts({ targetType: 'ip' })),
        (facts) => {
          const [first] = facts.slices.targetHealth;
          if (first === undefined) throw new Error('no target');
          first.id = '10.0.2.44';
          delete first.zone;
          unused(facts, '10.0.2.44');
        },
      ),
      targets: ['10.0.2.44'],
      confidence: 'confirmed',
      saw: 'the target is in eu-west-1c',
    },
  ],
  ruledOut: [
    {
      name: 'a target group that no listener uses',
      facts: given(instances, ({ slices }) => {
        slices.listeners = [];
      }),
    },
    {
      name: 'a target in a zone that is enabled',
      facts: given(twoZones(), (facts) => {
        for (const each of facts.slices.targetHealth) delete each.zone;
        unused(facts, instanceId(0));
      }),
    },
    {
      name: 'a target registered for all zones',
      facts: given(instances, ({ slices }) => {
        for (const each of slices.targetHealth) each.zone = 'all';
      }),
    },
    {
      name: 'an instance that has stopped',
      facts: given(instances, ({ slices }) => {
        for (const each of slices.targetHealth) if (each.reason) each.reason = 'Target.InvalidState';
      }),
    },
  ],
});

test('the fix adds every zone that is missing', () => {
  const facts = sampleFacts();
  for (const balancer of facts.slices.loadBalancers) balancer.zones = balancer.zones.slice(0, 1);
  for (const subnet of facts.slices.subnets) subnet.tags = { 'kubernetes.io/role/internal-elb': '1' };
  for (const each of facts.slices.targetHealth) delete each.zone;
  unused(facts, instanceId(1), instanceId(2));
  const [group] = groupsOf(facts);
  const [evidence] = (group && lbAzNotEnabledForTarget.run(group, facts.slices)) ?? [];
  expect(evidence?.values).toEqual({
    subnets: JSON.stringify(['subnet-0aaaaaaaaaaaaaa00', 'subnet-0aaaaaaaaaaaaaa01', 'subnet-0aaaaaaaaaaaaaa02']),
  });
});
