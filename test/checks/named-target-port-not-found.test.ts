import { describe, expect, test } from 'vitest';
import { namedTargetPortNotFound } from '../../core/checks/traffic-policy/named-target-port-not-found.ts';
import type { Facts } from '../../core/model/facts.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { deployment, fail, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const named = (facts: Facts, targetPort: string, declared: { name?: string; protocol?: string }[] = []) => {
  for (const { spec } of facts.slices.services) for (const port of spec.ports) port.targetPort = targetPort;
  for (const [index, { spec }] of facts.slices.pods.entries()) {
    for (const container of spec.containers) container.ports = [{ containerPort: 8080, ...declared[index] }];
  }
  for (const slice of facts.slices.endpointSlices) slice.ports = [];
  fail(facts.slices.targetHealth);
};

const proposed = (facts: Facts): unknown => {
  const [group] = groupsOf(facts);
  return group && namedTargetPortNotFound.run(group, facts.slices)?.[0]?.values?.['declared'];
};

describe('the number that the fix proposes', () => {
  test('is the only one that the containers declare for the protocol', () => {
    const facts = sampleFacts();
    named(facts, 'web', [{ name: 'http' }, { name: 'http' }]);
    for (const { spec } of facts.slices.pods) {
      spec.containers[0]?.ports.unshift({ name: 'gossip', containerPort: 7946, protocol: 'UDP' });
    }
    expect(proposed(facts)).toBe(8080);
  });

  test('is left open where they declare several', () => {
    const facts = sampleFacts();
    named(facts, 'web', [{ name: 'http' }, { name: 'http' }]);
    for (const { spec } of facts.slices.pods) {
      spec.containers[0]?.ports.unshift({ name: 'metrics', containerPort: 9090 });
    }
    expect(proposed(facts)).toBeUndefined();
  });
});

testCheck(namedTargetPortNotFound, {
  found: [
    {
      name: 'containers declare another name',
      facts: given(sampleFacts, (facts) => named(facts, 'web', [{ name: 'http' }, { name: 'http' }])),
      targets: [],
      confidence: 'confirmed',
      saw: 'port 80 of the Service targets the name "web"; the containers of its 2 pods declare http (8080)',
    },
    {
      name: 'the name is there for another protocol only',
      facts: given(sampleFacts, (facts) =>
        named(facts, 'dns', [
          { name: 'dns', protocol: 'UDP' },
          { name: 'dns', protocol: 'UDP' },
        ]),
      ),
      targets: [],
      confidence: 'confirmed',
      saw: 'targets the name "dns"',
    },
  ],
  ruledOut: [
    {
      name: 'the pods of a rollout that have arrived declare it',
      facts: given(sampleFacts, (facts) => named(facts, 'web', [{ name: 'http' }, { name: 'web' }])),
    },
    {
      name: 'a number, whatever is declared',
      facts: given(sampleFacts, ({ slices }) => {
        for (const { spec } of slices.pods) for (const container of spec.containers) container.ports = [];
        fail(slices.targetHealth);
      }),
    },
    {
      name: 'no pods at all',
      facts: given(sampleFacts, (facts) => {
        named(facts, 'web');
        facts.slices.pods = [];
        facts.slices.workloads = [deployment(0)];
      }),
    },
  ],
});
