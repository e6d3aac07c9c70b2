import type { Target } from '../model/aws.ts';
import type { CheckResult, Evidence } from '../model/check-result.ts';
import type { Facts } from '../model/facts.ts';
import { conceals, type Gap } from '../model/gap.ts';
import { gapsAround } from '../model/gaps-around.ts';
import { derived, distinct, indexed } from '../model/indexed.ts';
import { isInPlace } from '../model/lost/in-place.ts';
import { kubernetesSlices, type SliceName, type Slices } from '../model/slices.ts';
import { compareText, type TargetGroupContext } from '../model/target-group-context.ts';
import type { Check } from './check.ts';

/**
 * Runs every check that applies on one target group. A check whose needs are hidden by a gap, or are in a cluster while it is
 * not known which one the group serves, answers `unknown` without being run; a check that throws answers `unknown` and carries
 * the message of its bug. A check whose question does not arise gives no answer.
 */
export function examine(group: TargetGroupContext, facts: Facts, checks: readonly Check[]): CheckResult[] {
  const gaps = gapsAround(group, facts.gaps);
  const hidden = gaps.filter((gap) => conceals(gap, group.targetGroup.arn)).map(({ slice }) => slice);
  const results: CheckResult[] = [];
  const isMissing = isInPlace(group);
  for (const question of questionsOf(checks, facts, distinct(hidden).join())) {
    const isAsked = (!isMissing || question.check.missingGroups === true) && question.check.applies(group);
    const result = isAsked ? answer(question, group, gaps) : undefined;
    if (result !== undefined) results.push(result);
  }
  return results;
}

/** A check with what it sees. */
interface Question {
  check: Check;
  slices: Slices;
}

/** The same for every target group of these facts from which gaps hide the same slices. */
const questionsOf = (checks: readonly Check[], facts: Facts, hidden: string): Question[] =>
  derived(facts.gaps, [questionsOf, checks, hidden], () => {
    const isHidden = new Set(hidden.split(','));
    return checks.map((check) => ({ check, slices: viewOf(check, isHidden, facts) }));
  });

/** Only the slices that the check names; an optional one that a gap hides is undefined. */
function viewOf({ needs, optional }: Check, hidden: Set<string>, { slices }: Facts): Slices {
  const visible: Partial<Slices> = {};
  for (const name of needs) copy(name, slices, visible);
  for (const name of optional) if (!hidden.has(name)) copy(name, slices, visible);
  return visible as Slices;
}

function copy<Name extends SliceName>(name: Name, from: Slices, to: Partial<Slices>): void {
  to[name] = from[name];
}

function answer({ check, slices }: Question, group: TargetGroupContext, gapsAround: Gap[]): CheckResult | undefined {
  const { arn } = group.targetGroup;
  const relevant =
    gapsAround.length === 0 ? gapsAround : gapsAround.filter((gap) => (check.needs as string[]).includes(gap.slice));
  const unowned = group.owner === undefined ? unownedGap(check, group) : [];
  const hidesAll = relevant.length === 0 ? unowned : [...relevant.filter((gap) => conceals(gap, arn)), ...unowned];
  const base = { check: check.id, targetGroupArn: arn };
  if (hidesAll.length > 0) return { ...base, outcome: 'unknown', gaps: hidesAll };

  const gaps = relevant.length === 0 ? relevant : relevant.filter((gap) => concealsSome(gap, group));
  try {
    const evidence = check.run(group, slices);
    if (evidence === undefined) return undefined;
    const open = check.undecided?.(group, slices) ?? [];
    const hidden = open.length === 0 ? gaps : [...gaps, ...open];
    if (evidence.length > 0) return { ...base, outcome: 'found', evidence: indexed(sorted(evidence)), gaps: hidden };
    if (open.length > 0) return { ...base, outcome: 'unknown', gaps: hidden };
    return { ...base, outcome: 'ruled-out', gaps };
  } catch (error) {
    return { ...base, outcome: 'unknown', gaps, bug: error instanceof Error ? error.message : String(error) };
  }
}

/** Without an owner nothing of Kubernetes can be read for the group: which Service and cluster it serves is the question. */
function unownedGap({ needs, ownerless }: Check, { targetGroup }: TargetGroupContext): Gap[] {
  if (ownerless === true) return [];
  const slice = needs.find((name) => kubernetesSlices.includes(name));
  if (slice === undefined) return [];
  return [
    {
      slice,
      scope: { kind: 'target-group', arn: targetGroup.arn },
      reason: 'not-requested',
      action: 'find the owner of the target group',
      message:
        'no tag, TargetGroupBinding, host name, NodePort or pod address names the Service that this target group serves',
      remedy:
        'Bind the target group to its Service with a TargetGroupBinding, or audit the cluster and the VPC in which its targets run.',
    },
  ];
}

function concealsSome(gap: Gap, group: TargetGroupContext): boolean {
  const { scope } = gap;
  if (scope.kind !== 'target') return group.targets.length > 0 && conceals(gap, group.targetGroup.arn);
  const targets = group.memo.once([concealsSome], () => new Set(group.targets.map(targetKey)));
  return scope.targetGroupArn === group.targetGroup.arn && targets.has(targetKey(scope));
}

function sorted(evidence: Evidence[]): Evidence[] {
  if (evidence.length === 1) return evidence;
  const keyed = evidence.map((each) => ({ each, key: key(each) }));
  return keyed.toSorted((a, b) => compareText(a.key, b.key)).map(({ each }) => each);
}

const key = (evidence: Evidence): string =>
  `${evidence.target === undefined ? '' : targetKey(evidence.target)}\u0000${evidence.saw}`;

/** Identity of a target inside its group. */
export const targetKey = (target: Pick<Target, 'id' | 'port'>): string => `${target.id}:${target.port}`;
