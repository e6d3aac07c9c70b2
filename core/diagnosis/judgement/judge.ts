import { healthzPort } from '../../kubernetes/kube-proxy.ts';
import type { Target } from '../../model/aws.ts';
import type { CheckResult, Evidence } from '../../model/check-result.ts';
import type { Verdict } from '../../model/diagnosis.ts';
import type { Facts } from '../../model/facts.ts';
import { inOrder, under } from '../../model/indexed.ts';
import { kubernetesSlices } from '../../model/slices.ts';
import { compareText, type TargetGroupContext } from '../../model/target-group-context.ts';
import { type Check, stages } from '../check.ts';
import { targetKey } from '../examine.ts';
import { isMasked } from '../masks.ts';
import { isRead, whoIsServed } from '../who-is-served.ts';

/** A target that is not healthy, the group itself where it has none, or what it lacks beside the targets that it has. */
export type Subject = Target | 'group' | 'missing';

/** Tells a target from the group and from what it lacks. */
export const isTarget = (subject: Subject): subject is Target => typeof subject === 'object';

/** What stands against one subject: the verdict and its cause (an id of a check), what lies between, and what else is wrong. */
export interface Judgement {
  verdict: Verdict | undefined;
  cause: string | null;
  mechanisms: string[];
  coCauses: string[];
  key: string;
}

/** What one target group is judged by. */
export interface Scene {
  group: TargetGroupContext;
  facts: Facts;
  results: CheckResult[];
  catalogue: Map<string, Check>;
}

/** The same once it is known which targets fail. */
export interface Context extends Scene {
  /** Targets that no expected state excuses. */
  failing: Target[];
}

/** What asks for a reason: every target that is not healthy, what the group lacks, or the group itself where it is empty. */
export function subjectsOf(group: TargetGroupContext, facts: Facts, results: CheckResult[]): Subject[] {
  if (!isRead(group, facts)) return [];
  const lacks = results.some((result) => result.outcome === 'found' && result.evidence.some(isAboutMissing));
  if (group.targets.length === 0) return ['group'];
  return lacks ? [...group.nonHealthy, 'missing'] : group.nonHealthy;
}

const isAboutMissing = ({ missing }: Evidence): boolean => missing !== undefined;

/** Finds the root among what was found about one subject: what no other finding explains, of the earliest stage. */
export function judge(subject: Subject, scene: Scene): Judgement {
  const { results, catalogue } = scene;
  const found = results
    .filter((result) => evidenceFor(result, subject, scene).length > 0)
    .flatMap((result) => catalogue.get(result.check) ?? []);
  const expected = found.filter((check) => check.kind === 'expected').toSorted(byStage)[0];
  if (expected !== undefined) return judgement('expected', expected.id, [], []);

  const suspects = found.filter((check) => check.kind === 'fault' || check.kind === 'mechanism');
  /** Found of this very subject, so that it explains the other one there. */
  const explains = (by: Check, other: Check): boolean =>
    isMasked(other, by) &&
    results
      .filter(({ check }) => check === by.id)
      .flatMap((result) => evidenceFor(result, subject, scene))
      .some(({ leaves = [] }) => !leaves.includes(other.id));
  const roots = suspects
    .filter((check) => check.kind === 'fault' && !suspects.some((other) => explains(other, check)))
    .toSorted(byStage);
  const [cause, ...others] = roots;
  const mechanisms = suspects
    .filter((check) => !roots.includes(check) && check.byElimination !== true)
    .toSorted(byStage);
  if (cause !== undefined)
    return judgement(isNote(cause, scene) ? 'latent' : 'unhealthy', cause.id, ids(mechanisms), ids(others));
  const needsOne = isTarget(subject) ? needsCause(subject) : whoIsServed(scene.group, scene.facts, []) === 'unserved';
  if (!needsOne) return judgement(undefined, null, [], []);
  return judgement('unexplained', null, ids(mechanisms), []);
}

/** A judgement with the key that subjects of the same root share. */
export const judgement = (
  verdict: Verdict | undefined,
  cause: string | null,
  mechanisms: string[],
  coCauses: string[],
) => ({
  verdict,
  cause,
  mechanisms,
  coCauses,
  key: [verdict, cause, ...mechanisms, '|', ...coCauses].join(' '),
});

/** An owner in a cluster that was not read would need the group, so that a gap of Kubernetes keeps the alarm. */
const isNote = ({ noteWithoutOwner }: Check, { group, facts }: Scene): boolean =>
  noteWithoutOwner === true &&
  group.owner === undefined &&
  !facts.gaps.some(({ slice }) => slice === 'clusters' || kubernetesSlices.includes(slice));

/** Draining ends by itself; every other state but healthy asks for a reason. */
const needsCause = (target: Target): boolean => target.state !== 'draining';

/**
 * What a finding says of one subject. A fault speaks of what a group lacks beside its targets only by evidence on what is
 * missing; an expected state speaks of the whole group.
 */
export function evidenceFor(result: CheckResult, subject: Subject, { catalogue, group }: Scene): Evidence[] {
  if (result.outcome !== 'found') return [];
  const { evidence } = result;
  if (isTarget(subject)) {
    if (isBlindToPods(subject, group) && catalogue.get(result.check)?.stage === 'workload') return [];
    const own = under(evidence, concerning, targetKey(subject));
    return inOrder(evidence, [under(evidence, concerning, everyTarget), own]);
  }
  const isWhole = subject === 'group' || catalogue.get(result.check)?.kind === 'expected';
  return inOrder(evidence, [
    under(evidence, concerning, lacking),
    isWhole ? under(evidence, concerning, everyTarget) : [],
  ]);
}

/** kube-proxy's own health port answers alike whatever the pods behind the node are like. */
const isBlindToPods = ({ healthCheckPort }: Target, { targetGroup }: TargetGroupContext): boolean =>
  targetGroup.targetType === 'instance' && healthCheckPort === healthzPort;

const everyTarget = 'every target';

const lacking = 'what is missing';

const concerning = ({ target, missing }: Evidence): string[] => {
  if (missing !== undefined) return [lacking];
  return [target === undefined ? everyTarget : targetKey(target)];
};

const ids = (checks: Check[]): string[] => checks.map(({ id }) => id);

const byStage = (a: Check, b: Check): number =>
  stages.indexOf(a.stage) - stages.indexOf(b.stage) || (a.order ?? 0) - (b.order ?? 0) || compareText(a.id, b.id);
