import type { Target } from '../../model/aws.ts';
import type { CheckResult } from '../../model/check-result.ts';
import { isUnhealthy } from '../../model/target-group-context.ts';
import { isProbed } from '../../probes/results.ts';
import { stages } from '../check.ts';
import { targetKey } from '../examine.ts';
import { evidenceFor, isTarget, type Scene, type Subject } from './judge.ts';

/** What needs probes is ruled out only where every one of the targets was probed. */
export function isRuledOut(result: CheckResult, subjects: Subject[], scene: Scene): boolean {
  if (result.outcome === 'unknown' || hidesSome(result, subjects)) return false;
  if (result.outcome === 'found' && subjects.some((subject) => evidenceFor(result, subject, scene).length > 0))
    return false;
  return !needsProbes(result, scene) || areAllProbed(subjects, scene);
}

/** Asked for every check that needs probes, of the same subjects. */
const areAllProbed = (subjects: Subject[], scene: Scene): boolean =>
  scene.group.memo.once([areAllProbed, subjects], () => {
    const targets = subjects.filter(isTarget);
    return targets.length > 0 && targets.every((target) => wasProbed(target, scene));
  });

const needsProbes = ({ check }: CheckResult, { catalogue }: Scene): boolean =>
  catalogue.get(check)?.needs.includes('probes') ?? false;

const wasProbed = (target: Target, { facts }: Scene): boolean => isProbed(facts.slices.probes, target);

/** Why what needs probes is open on a failing target that none was sent to, for whatever reason. */
function unprobed(result: CheckResult, subjects: Subject[], scene: Scene) {
  if (result.outcome !== 'ruled-out' || !needsProbes(result, scene)) return [];
  const left = scene.group.memo.once([unprobed, subjects], () =>
    subjects.filter(isTarget).filter((target) => isUnhealthy(target) && !wasProbed(target, scene)),
  );
  const [first] = left;
  if (first === undefined) return [];
  const more = left.length > 1 ? ` and ${left.length - 1} more` : '';
  return [
    {
      check: result.check,
      reason: `no probe was sent to ${targetKey(first)}${more}`,
      remedy: 'Audit from inside of the VPC with probes, while the target and its network interface exist.',
    },
  ];
}

/** Why a check that could name an earlier cause is open, with the remedy; empty where it was read or could not come first. */
export function unknownBefore(result: CheckResult, subjects: Subject[], scene: Scene, stage: number) {
  const check = scene.catalogue.get(result.check);
  if (check === undefined || stages.indexOf(check.stage) > stage) return [];
  const { gaps } = result;
  if (result.outcome === 'unknown' && result.bug !== undefined)
    return [
      {
        check: result.check,
        reason: `the check failed: ${result.bug}`,
        remedy: 'report this as a bug with the saved facts',
      },
    ];
  const blind = result.outcome === 'unknown' || hidesSome(result, subjects);
  if (!blind) return unprobed(result, subjects, scene);
  const [gap] = gaps;
  return [{ check: result.check, reason: gap?.message ?? 'not read', remedy: gap?.remedy ?? '' }];
}

/** True when a gap on one of these very targets kept the check from seeing it. */
function hidesSome({ gaps }: CheckResult, subjects: Subject[]): boolean {
  if (gaps.length === 0) return false;
  const hidden = new Set(gaps.flatMap(({ scope }) => (scope.kind === 'target' ? [targetKey(scope)] : [])));
  return hidden.size > 0 && subjects.some((subject) => isTarget(subject) && hidden.has(targetKey(subject)));
}
