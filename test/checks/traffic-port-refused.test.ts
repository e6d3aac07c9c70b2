import { expect, test } from 'vitest';
import { trafficPortRefused } from '../../core/checks/answer/traffic-port-refused.ts';
import { examine } from '../../core/diagnosis/examine.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { ProbeOutcome, ProbePurpose } from '../../core/model/probe-result.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { fail, instanceId, probe, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const local = (): Facts => sampleFacts({ policy: 'Local' });
const answers =
  (outcome: ProbeOutcome, purpose: ProbePurpose = 'client-connect') =>
  (facts: Facts): void =>
    probe(facts, purpose, outcome, { only: instanceId(0), protocol: 'TCP', port: 31080 });
const refuses = answers({ kind: 'refused' });

testCheck(trafficPortRefused, {
  found: [
    {
      name: 'a healthy target that refuses a connection to its traffic port',
      facts: given(local, refuses),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: /TCP 10\.0\.0\.10:31080: connection refused; the health check asks port 32080/,
    },
    {
      name: 'a healthy target that refuses what another question wanted to know',
      facts: given(local, answers({ kind: 'refused' }, 'client-first-bytes')),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: /connection refused/,
    },
    {
      name: 'a target group that no Service owns',
      facts: given(local, (facts) => {
        refuses(facts);
        facts.owners = [];
      }),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: /connection refused/,
    },
  ],
  ruledOut: [
    { name: 'a target that accepts', facts: given(local, answers({ kind: 'open' })) },
    {
      name: 'a target that has failed meanwhile',
      facts: given(local, (facts) => {
        refuses(facts);
        fail(facts.slices.targetHealth, instanceId(0));
      }),
    },
    { name: 'a health check of the traffic port itself', facts: given(sampleFacts, refuses) },
    {
      name: 'a target group that no listener uses',
      facts: given(local, (facts) => {
        refuses(facts);
        for (const { forwards } of facts.slices.listeners) for (const forward of forwards) forward.weight = 0;
      }),
    },
  ],
});

test.each<[string, (facts: Facts) => void]>([
  ['no target was asked', () => {}],
  ['no answer came', answers({ kind: 'timeout', phase: 'connect' })],
])('where %s it is unknown', (_, change) => {
  const facts = given(local, change)();
  expect(groupsOf(facts).flatMap((group) => examine(group, facts, [trafficPortRefused]))).toMatchObject([
    { outcome: 'unknown' },
  ]);
});
