import { expect, test } from 'vitest';
import { registrationUnmanaged } from '../../core/checks/registration/registration-unmanaged.ts';
import { examine } from '../../core/diagnosis/examine.ts';
import type { Facts } from '../../core/model/facts.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { fail, instanceId, sampleFacts, target } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

/** The group is known by what is registered alone. */
const unmanaged = (make: () => Facts, by: 'node-port' | 'endpoints') =>
  given(make, (facts) => {
    for (const owner of facts.owners) Object.assign(owner, { by, controller: 'none' });
  });
const pods = unmanaged(() => sampleFacts({ targetType: 'ip' }), 'endpoints');
const nodes = unmanaged(sampleFacts, 'node-port');
const dead = { state: 'unhealthy', reason: 'Target.FailedHealthChecks' } as const;
/** The second pod has moved: its old address is registered, its present one is not. */
const moved = given(pods, ({ slices }) => {
  slices.targetHealth = [...slices.targetHealth.slice(0, 1), target({ id: '10.0.1.77', ...dead })];
});

testCheck(registrationUnmanaged, {
  found: [
    {
      name: 'a pod has another address now',
      facts: moved,
      targets: ['10.0.1.77'],
      confidence: 'confirmed',
      saw: /10\.0\.1\.77 is the address of no pod of the Service; no controller fills this target group, and 10\.0\.1\.100 would serve and is not registered/,
      values: { serving: ['Id=10.0.1.100,Port=8080'], target: '10.0.1.77', port: 8080 },
    },
    {
      name: 'a node was replaced',
      facts: given(nodes, ({ slices }) => {
        for (const each of slices.targetHealth)
          if (each.id === instanceId(0)) Object.assign(each, { id: 'i-0old', ...dead });
      }),
      targets: ['i-0old'],
      confidence: 'confirmed',
      saw: `no Node of the cluster has the instance i-0old; no controller fills this target group, and ${instanceId(0)} would serve`,
      values: { serving: [`Id=${instanceId(0)},Port=31080`] },
    },
  ],
  ruledOut: [
    { name: 'every target stands for a pod', facts: given(pods, ({ slices }) => fail(slices.targetHealth)) },
    { name: 'every target is a node', facts: given(nodes, ({ slices }) => fail(slices.targetHealth)) },
    {
      name: 'a controller fills the group',
      facts: given(moved, ({ owners }) => {
        for (const owner of owners) owner.by = 'tags';
      }),
    },
    {
      name: 'a stopped instance, which may come back',
      facts: given(nodes, ({ slices }) => {
        for (const each of slices.targetHealth) if (each.id === instanceId(0)) Object.assign(each, dead);
        for (const each of slices.instances) if (each.id === instanceId(0)) each.state = 'stopped';
        slices.nodes = slices.nodes.slice(1);
      }),
    },
    {
      name: 'a dead target that is draining',
      facts: given(moved, ({ slices }) => {
        for (const each of slices.targetHealth) if (each.id === '10.0.1.77') each.state = 'draining';
      }),
    },
  ],
});

const withoutNodes = (make: () => Facts): (() => Facts) =>
  given(make, (facts) => {
    facts.slices.nodes = [];
    facts.gaps.push({
      slice: 'nodes',
      scope: { kind: 'all' },
      reason: 'denied',
      action: 'list nodes',
      message: 'nodes is forbidden',
      remedy: 'Grant list on nodes.',
    });
  });

test('needs no nodes for addresses of pods, and knows nothing of instances without them', () => {
  const outcomes = [moved, nodes].map((make) => {
    const facts = withoutNodes(make)();
    const [group] = groupsOf(facts);
    return group && examine(group, facts, [registrationUnmanaged])[0]?.outcome;
  });
  expect(outcomes).toEqual(['found', 'unknown']);
});
