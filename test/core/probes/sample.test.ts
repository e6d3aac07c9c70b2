import { expect, test } from 'vitest';
import type { Target } from '../../../core/model/aws.ts';
import type { Facts } from '../../../core/model/facts.ts';
import type { ProbeOutcome } from '../../../core/model/probe-result.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { planOthers, planProbes } from '../../../core/probes/plan.ts';
import { probesOf } from '../../../core/probes/results.ts';
import { withAlikeTargets } from '../../../core/probes/sample.ts';
import { sampleFacts } from '../sample-facts.ts';

/** Facts of one target group with so many unhealthy ip targets, half of them in each of two zones. */
function manyFailing(count: number): Facts {
  const facts = sampleFacts({ targetType: 'ip' });
  const [target] = facts.slices.targetHealth;
  if (target === undefined) throw new Error('the sample has no target');
  facts.slices.targetHealth = Array.from({ length: count }, (_, index) => ({
    ...target,
    id: `10.0.9.${index}`,
    zone: index % 2 === 0 ? 'eu-west-1a' : 'eu-west-1b',
    state: 'unhealthy',
    reason: 'Target.FailedHealthChecks',
  }));
  return facts;
}

const zoneOf = (facts: Facts, id: string): string | undefined =>
  facts.slices.targetHealth.find((target) => target.id === id)?.zone;

const askedIn = (facts: Facts): string[] =>
  planProbes(facts).flatMap(({ purpose, targetId }) => (purpose === 'health-check' ? [targetId] : []));

/** The same Facts with an answer to each probe that is planned. */
function answered(facts: Facts, answer: (targetId: string) => ProbeOutcome): Facts {
  facts.slices.probes = planProbes(facts).map(({ attempts: _, ...planned }) => ({
    ...planned,
    outcome: answer(planned.targetId),
    timings: { totalMs: 3 },
    attempt: 1,
    sentAt: facts.takenAt,
  }));
  return facts;
}

const refused: ProbeOutcome = { kind: 'refused' };

test('up to twenty failing targets are all asked', () => {
  expect(askedIn(manyFailing(20))).toHaveLength(20);
});

test('of two hundred alike about twenty are, from each zone', () => {
  const facts = manyFailing(200);
  const asked = askedIn(facts);
  expect(asked).toHaveLength(20);
  const inZones = Map.groupBy(asked, (id) => zoneOf(facts, id));
  expect([...inZones.values()].map(({ length }) => length)).toEqual([10, 10]);
});

test('a few in another state are asked for themselves', () => {
  const facts = manyFailing(200);
  for (const target of facts.slices.targetHealth.slice(0, 2)) target.state = 'initial';
  expect(askedIn(facts)).toEqual(expect.arrayContaining(['10.0.9.0', '10.0.9.1']));
});

test('where the answers agree the others are not asked and have those of their kind', () => {
  const facts = answered(manyFailing(200), () => refused);
  expect(planOthers(facts)).toEqual([]);

  const [group] = groupsOf(withAlikeTargets(facts));
  const { probes } = withAlikeTargets(facts).slices;
  const met = group?.failing.map((target: Target) =>
    probesOf(probes, target, 'health-check').map((each) => each.outcome),
  );
  expect(met).toEqual(Array.from({ length: 200 }, () => [refused]));
});

test('a target stands for targets of its own zone alone', () => {
  const facts = withAlikeTargets(answered(manyFailing(200), () => refused));
  const zones = facts.slices.probes.flatMap(({ targetId, alike = [] }) =>
    alike.map((id) => [zoneOf(facts, targetId), zoneOf(facts, id)]),
  );
  expect(zones).toHaveLength(180);
  expect(zones.every(([one, other]) => one === other)).toBe(true);
});

test('where one answer of a zone differs all others of that zone are asked too, and stand for nobody', () => {
  const [odd = ''] = askedIn(manyFailing(200));
  const facts = answered(manyFailing(200), (id) => (id === odd ? { kind: 'open' } : refused));
  const others = planOthers(facts).filter(({ purpose }) => purpose === 'health-check');
  expect(others).toHaveLength(90);
  expect(new Set(others.map(({ targetId }) => zoneOf(facts, targetId)))).toEqual(new Set([zoneOf(facts, odd)]));
  expect(withAlikeTargets(facts).slices.probes.flatMap(({ alike = [] }) => alike)).toHaveLength(90);
});

test('a target without an answer decides nothing for its kind', () => {
  const facts = answered(manyFailing(200), () => refused);
  const [lost] = facts.slices.probes;
  facts.slices.probes = facts.slices.probes.filter((probe) => probe.targetId !== lost?.targetId);
  expect(planOthers(facts).filter(({ purpose }) => purpose === 'health-check')).toHaveLength(90);
});
