import { expect, test } from 'vitest';
import { catalogue } from '../../../core/diagnosis/catalogue.ts';
import { diagnose } from '../../../core/diagnosis/diagnose.ts';
import { examine } from '../../../core/diagnosis/examine.ts';
import type { CheckResult } from '../../../core/model/check-result.ts';
import type { Facts } from '../../../core/model/facts.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { fail, instanceId, probe, sampleFacts } from '../sample-facts.ts';

const unexplained = (facts: Facts) => {
  const [diagnosis] = groupsOf(facts).flatMap((group) =>
    diagnose(group, facts, examine(group, facts, catalogue), catalogue),
  );
  if (diagnosis === undefined) throw new Error('nothing was diagnosed');
  return diagnosis;
};
const needingProbes = catalogue.filter(({ needs }) => needs.includes('probes')).map(({ id }) => id);

test('what needs probes is ruled out only where each failing target was probed, and is unknown with the target named else', () => {
  const facts = sampleFacts();
  fail(facts.slices.targetHealth, instanceId(0), instanceId(1));
  const before = unexplained(facts);
  expect(before.ruledOut.filter((id) => needingProbes.includes(id))).toEqual([]);
  probe(facts, 'health-check', { kind: 'open' }, { only: instanceId(0) });
  const half = unexplained(facts);
  expect(half.ruledOut.filter((id) => needingProbes.includes(id))).toEqual([]);
  probe(facts, 'health-check', { kind: 'open' }, { only: instanceId(1) });
  const after = unexplained(facts).ruledOut.filter((id) => needingProbes.includes(id));
  const reasonsOf = ({ unknown }: typeof half) =>
    unknown.flatMap(({ check, reason }) => (after.includes(check) ? [reason] : []));
  expect(reasonsOf(before).length).toBeGreaterThan(5);
  expect(new Set(reasonsOf(before))).toEqual(new Set([`no probe was sent to ${instanceId(0)}:31080 and 1 more`]));
  expect(new Set(reasonsOf(half))).toEqual(new Set([`no probe was sent to ${instanceId(1)}:31080`]));
});

test('what is concluded from what is left is no mechanism of the fault that accounts for it, but ruled out', () => {
  const facts = sampleFacts();
  fail(facts.slices.targetHealth, instanceId(0));
  const of = (id: string, saw: string): CheckResult => {
    const targets = facts.slices.targetHealth.filter((target) => target.id === instanceId(0));
    const evidence = targets.map((target) => ({ target, saw, expected: 'an answer', confidence: 'probable' as const }));
    return { check: id, targetGroupArn: targets[0]?.targetGroupArn ?? '', outcome: 'found', evidence, gaps: [] };
  };
  const [group] = groupsOf(facts);
  if (group === undefined) throw new Error('the sample has a target group');
  const results = [
    of('node-cni-dataplane-broken', 'MissingIPRules'),
    of('host-firewall-or-kernel-setting', 'no answer, though every rule admits it'),
  ];
  const [diagnosis, ...others] = diagnose(group, facts, results, catalogue);
  expect(others).toEqual([]);
  expect(diagnosis).toMatchObject({
    cause: 'node-cni-dataplane-broken',
    mechanisms: [],
    coCauses: [],
    ruledOut: ['host-firewall-or-kernel-setting'],
  });
  expect(diagnosis?.evidence.map(({ check }) => check)).not.toContain('host-firewall-or-kernel-setting');
});
