import { expect, test } from 'vitest';
import { targetGroupNotAttached } from '../../core/checks/registration/target-group-not-attached.ts';
import type { Facts } from '../../core/model/facts.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { instanceId, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const unused = (facts: Facts) => {
  for (const target of facts.slices.targetHealth) {
    target.state = 'unused';
    target.reason = 'Target.NotInUse';
  }
};

testCheck(targetGroupNotAttached, {
  found: [
    {
      name: 'no load balancer at all',
      facts: given(sampleFacts, (facts) => {
        for (const group of facts.slices.targetGroups) group.loadBalancerArns = [];
        facts.slices.listeners = [];
        unused(facts);
      }),
      targets: [instanceId(0), instanceId(1), instanceId(2)],
      confidence: 'confirmed',
      saw: 'belongs to no load balancer',
    },
    {
      name: 'no listener forwards to it',
      facts: given(sampleFacts, (facts) => {
        facts.slices.listeners = [];
        unused(facts);
      }),
      targets: [instanceId(0), instanceId(1), instanceId(2)],
      confidence: 'confirmed',
      saw: 'no listener of k8s-shop-web forwards',
    },
  ],
  ruledOut: [
    { name: 'targets of a zone that the load balancer does not use', facts: given(sampleFacts, unused) },
    {
      name: 'a load balancer that could not be seen',
      facts: given(sampleFacts, (facts) => {
        facts.slices.loadBalancers = [];
        facts.slices.listeners = [];
        unused(facts);
      }),
    },
  ],
});

test('the listener is to have the port of the Service, not the NodePort', () => {
  const facts = sampleFacts();
  facts.slices.listeners = [];
  unused(facts);
  const [group] = groupsOf(facts);
  const [evidence] = (group && targetGroupNotAttached.run(group, facts.slices)) ?? [];
  expect(evidence?.values).toMatchObject({ port: '80' });
});
