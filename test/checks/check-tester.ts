import { describe, expect, test } from 'vitest';
import type { Check } from '../../core/diagnosis/check.ts';
import { examine } from '../../core/diagnosis/examine.ts';
import { draft } from '../../core/diagnosis/fix/draft.ts';
import type { CheckResult, Evidence } from '../../core/model/check-result.ts';
import type { Facts } from '../../core/model/facts.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';

interface Case {
  name: string;
  facts: () => Facts;
}

interface FoundCase extends Case {
  /** Ids of the targets concerned; empty for evidence on the whole group. */
  targets: string[];
  confidence: Evidence['confidence'];
  /** Text that the evidence must show. */
  saw: string | RegExp;
  /** Words for the fix that the first piece of evidence must give. */
  values?: Evidence['values'];
}

/**
 * Tests one check: tables of what it must find and of near misses that it must rule out. By itself it adds that every need
 * turned into a gap makes the answer `unknown`, and that the check leaves the facts as they were.
 */
export function testCheck(check: Check, { found, ruledOut }: { found: FoundCase[]; ruledOut: Case[] }): void {
  const ask = (facts: Facts): CheckResult => {
    const [group] = groupsOf(facts);
    if (group === undefined) throw new Error('the case has no target group');
    const [finding] = examine(group, facts, [check]);
    return finding ?? { check: check.id, targetGroupArn: group.targetGroup.arn, outcome: 'ruled-out', gaps: [] };
  };

  describe(check.id, () => {
    test('has cases on both sides, each with a name of its own', () => {
      const names = [...found, ...ruledOut].map(({ name }) => name);
      expect(found.length).toBeGreaterThan(0);
      expect(ruledOut.length).toBeGreaterThan(0);
      expect(new Set(names).size).toBe(names.length);
    });

    test.each(found)('finds: $name', ({ facts, targets, confidence, saw, values = {} }) => {
      const finding = ask(facts());
      if (finding.outcome !== 'found')
        throw new Error(`answered ${finding.outcome} ${'bug' in finding ? finding.bug : ''}`);
      expect(finding.evidence.flatMap(({ target }) => target?.id ?? [])).toEqual(targets);
      expect(new Set(finding.evidence.map((evidence) => evidence.confidence))).toEqual(new Set([confidence]));
      expect(finding.evidence.map((evidence) => evidence.saw).join('\n')).toMatch(saw);
      expect(finding.evidence[0]?.values ?? {}).toMatchObject(values);
    });

    test.each(ruledOut)('rules out: $name', ({ facts }) => {
      const finding = ask(facts());
      expect(finding).toMatchObject({ outcome: 'ruled-out' });
    });

    const [first] = found;
    test.each(check.needs)('answers unknown when %s could not be read', (slice) => {
      const facts = first?.facts();
      if (facts === undefined) throw new Error('no case');
      facts.gaps.push({
        slice,
        scope: { kind: 'all' },
        reason: 'denied',
        action: 'any',
        message: 'refused',
        remedy: 'grant it',
      });
      expect(ask(facts).outcome).toBe('unknown');
    });

    test('leaves the facts as they were', () => {
      for (const { facts } of [...found, ...ruledOut]) {
        const given = facts();
        const before = structuredClone(given);
        ask(given);
        expect(given).toEqual(before);
      }
    });

    test('fills every placeholder of its fix that it has a word for', () => {
      const placeholders = new Set(
        check.fix.flatMap((step) =>
          [...(draft(step).command ?? '').matchAll(/\{([a-zA-Z]+)\}/g)].map(([, name]) => name),
        ),
      );
      const around = [
        'region',
        'kubernetesVersion',
        'account',
        'vpc',
        'targetGroup',
        'targetGroupName',
        'loadBalancer',
        'loadBalancerName',
        'cluster',
        'namespace',
        'service',
        'controllerNamespace',
        'controllerDeployment',
      ];
      const given = found.flatMap(({ facts }) => {
        const finding = ask(facts());
        return finding.outcome === 'found' ? finding.evidence.flatMap(({ values }) => Object.keys(values ?? {})) : [];
      });
      const filled = new Set([...around, ...given]);
      expect([...placeholders].filter((name) => name !== undefined && !filled.has(name))).toEqual([]);
    });
  });
}

/** A case's facts: the sample, changed. */
export const given =
  (make: () => Facts, ...changes: ((facts: Facts) => void)[]) =>
  (): Facts => {
    const facts = make();
    for (const change of changes) change(facts);
    return facts;
  };
