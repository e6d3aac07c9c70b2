import { expect, test } from 'vitest';
import type { Facts } from '../../../core/model/facts.ts';
import type { ProbeOutcome } from '../../../core/model/probe-result.ts';
import { planRepeats } from '../../../core/probes/repeat.ts';
import { fail, instanceId, probe, sampleFacts } from '../sample-facts.ts';

function answered(...outcomes: ProbeOutcome[]): Facts {
  const facts = sampleFacts();
  for (const { healthCheck } of facts.slices.targetGroups) healthCheck.protocol = 'HTTP';
  fail(facts.slices.targetHealth);
  for (const outcome of outcomes) probe(facts, 'health-check', outcome, { only: instanceId(0) });
  return facts;
}

test.each<[string, ProbeOutcome, number]>([
  ['a good answer', { kind: 'http', status: 200 }, 2],
  ['silence after the connection', { kind: 'timeout', phase: 'response' }, 1],
])('%s of a failing target is asked for again', (_name, outcome, attempts) => {
  expect(planRepeats(answered(outcome))).toMatchObject([
    { purpose: 'health-check-again', targetId: instanceId(0), attempts },
  ]);
});

test.each<[string, ProbeOutcome]>([
  ['a refusal', { kind: 'refused' }],
  ['no answer to the SYN', { kind: 'timeout', phase: 'connect' }],
  ['an error', { kind: 'http', status: 500 }],
])('%s is final', (_name, outcome) => {
  expect(planRepeats(answered(outcome))).toEqual([]);
});

test('what was asked several times from the start is not asked again', () => {
  expect(planRepeats(answered({ kind: 'http', status: 200 }, { kind: 'http', status: 200 }))).toEqual([]);
});

test('healthy targets are left alone', () => {
  const facts = answered({ kind: 'http', status: 200 });
  for (const target of facts.slices.targetHealth) target.state = 'healthy';
  expect(planRepeats(facts)).toEqual([]);
});
