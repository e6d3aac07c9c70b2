import type { Target } from './aws.ts';
import type { Check } from './check.ts';
import { type Facts, kubernetesSlices, type SliceName, type Slices } from './facts.ts';
import type { Evidence, Finding } from './finding.ts';
import { conceals, type Gap, gapsAround } from './gap.ts';
import { compareText, type Group } from './group.ts';

/**
 * Runs every check that applies on one target group. A check whose needs are hidden by a gap, or are in a cluster while it is
 * not known which one the group serves, answers `unknown` without being run; a check that throws answers `unknown` and carries
 * the message of its bug. A check whose question does not arise gives no answer.
 */
export function examine(group: Group, facts: Facts, checks: readonly Check[]): Finding[] {
  return checks.filter((check) => check.applies(group)).flatMap((check) => answer(check, group, facts) ?? []);
}

function answer(check: Check, group: Group, facts: Facts): Finding | undefined {
  const arn = group.targetGroup.arn;
  const base = { check: check.id, targetGroupArn: arn };
  const relevant = gapsAround(group, facts.gaps).filter((gap) => (check.needs as string[]).includes(gap.slice));
  const hidesAll = [...relevant.filter((gap) => conceals(gap, arn)), ...unownedGap(check, group)];
  if (hidesAll.length > 0) return { ...base, outcome: 'unknown', gaps: hidesAll };

  const gaps = relevant.filter((gap) => group.targets.some((target) => conceals(gap, arn, target)));
  try {
    const evidence = check.run(group, view(check, group, facts));
    if (evidence === undefined) return undefined;
    if (evidence.length > 0) return { ...base, outcome: 'found', evidence: inOrder(evidence), gaps };
    return { ...base, outcome: 'ruled-out', gaps };
  } catch (error) {
    return { ...base, outcome: 'unknown', gaps, bug: error instanceof Error ? error.message : String(error) };
  }
}

/** Without an owner nothing of Kubernetes can be read for the group: which Service and cluster it serves is the question. */
function unownedGap({ needs, ownerless }: Check, { owner, targetGroup }: Group): Gap[] {
  const slice = needs.find((name) => kubernetesSlices.includes(name));
  if (owner !== undefined || ownerless === true || slice === undefined) return [];
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

/** Only the slices that the check names; a wanted slice hidden by a gap is undefined. */
function view(check: Check, group: Group, facts: Facts): Slices {
  const visible: Partial<Slices> = {};
  for (const name of check.needs) copy(name, facts.slices, visible);
  for (const name of check.wants) {
    const hidden = gapsAround(group, facts.gaps).some(
      (gap) => gap.slice === name && conceals(gap, group.targetGroup.arn),
    );
    if (!hidden) copy(name, facts.slices, visible);
  }
  return visible as Slices;
}

function copy<Name extends SliceName>(name: Name, from: Slices, to: Partial<Slices>): void {
  to[name] = from[name];
}

const inOrder = (evidence: Evidence[]): Evidence[] => evidence.toSorted((a, b) => compareText(key(a), key(b)));

const key = (evidence: Evidence): string =>
  `${evidence.target === undefined ? '' : targetKey(evidence.target)}\u0000${evidence.saw}`;

/** Identity of a target inside its group. */
export const targetKey = (target: Pick<Target, 'id' | 'port'>): string => `${target.id}:${target.port}`;
