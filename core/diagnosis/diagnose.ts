import type { Target } from '../model/aws.ts';
import type { CheckResult, Evidence } from '../model/check-result.ts';
import { type Diagnosis, isWrong, type Verdict } from '../model/diagnosis.ts';
import type { Facts } from '../model/facts.ts';
import { memo } from '../model/memo.ts';
import { compareText, type TargetGroupContext } from '../model/target-group-context.ts';
import type { Check } from './check.ts';
import { examine, targetKey } from './examine.ts';
import { describe, weakest } from './judgement/describe.ts';
import {
  type Context,
  isTarget,
  type Judgement,
  judge,
  judgement,
  type Subject,
  subjectsOf,
} from './judgement/judge.ts';
import { isMasked } from './masks.ts';
import { nobodyServed } from './nobody-served.ts';
import { whoIsServed } from './who-is-served.ts';
import { withZoneEvidence } from './zone-evidence.ts';

/**
 * Turns the findings about one target group into diagnoses: one for each set of targets that share the same root,
 * the worst first. Expected states are set aside first; a finding explained by another one on the same target is a
 * mechanism; the earliest remaining stage is the cause.
 */
export function diagnose(
  group: TargetGroupContext,
  facts: Facts,
  results: CheckResult[],
  checks: readonly Check[],
): Diagnosis[] {
  const subjects = subjectsOf(group, facts, results);
  const found = results.filter(({ outcome }) => outcome === 'found');
  if (subjects.length === 0 && found.length === 0) return [];
  const catalogue = new Map(checks.map((check) => [check.id, check]));
  const scene = { group, facts, results, catalogue };
  const judgements = joined(subjects.map((subject) => ({ subject, ...judge(subject, { ...scene, results: found }) })));
  const shared = Map.groupBy(judgements, (judgement) => judgement.key);
  const wrong = judgements.filter(({ verdict }) => verdict === 'unhealthy' || verdict === 'unexplained');
  const failing = wrong.map(({ subject }) => subject).filter(isTarget);
  const context = { ...scene, failing };

  const diagnoses = [...shared.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined || first.verdict === undefined) return [];
    const alike = members.map(({ subject }) => subject);
    const isSilent = first.verdict === 'unexplained' && alike.includes('group');
    return [isSilent ? unserved(first, alike, context) : describe(first, alike, context)];
  });
  // Where no target is healthy, the reason for that comes first; an expected one is none for what stops clients before any target.
  if (group.targets.some(({ state }) => state === 'healthy')) diagnoses.push(...lurking(context, 'clients'));
  else if (!diagnoses.some((each) => isWrong(each) || isIntended(each, context)))
    diagnoses.push(...stoppedBefore(context));
  if (whoIsServed(group, facts, diagnoses) === 'unserved' && !diagnoses.some(isWrong))
    diagnoses.push(unserved(judgement('unexplained', null, [], []), group.targets, context));
  const faults = wrong.length === 0 ? faultsToCome(context, checks) : shutBeside(diagnoses, context);
  const risks = [...lurking(context, 'latent'), ...faults];
  return withZoneEvidence([...diagnoses, ...risks].toSorted(byWeight), group, facts);
}

/** Where no single target asks for a reason, the group does: clients are sent to it and nothing answers them. */
function unserved(judged: Judgement, subjects: Subject[], context: Context): Diagnosis {
  const { evidence, ...described } = describe(judged, subjects, context);
  const { evidence: seen, ...group } = nobodyServed(context.group, context.facts);
  return { ...described, ...group, evidence: [...seen, ...evidence] };
}

/** What a group lacks joins the targets that fail by the same cause, with what stands in between there too. */
function joined<Judged extends Judgement & { subject: Subject }>(judgements: Judged[]): Judged[] {
  const lacks = judgements.find(({ subject }) => subject === 'missing');
  const same = judgements.find(
    ({ subject, cause, key }) => isTarget(subject) && cause === lacks?.cause && key !== lacks?.key,
  );
  if (lacks === undefined || lacks.cause === null || same === undefined) return judgements;
  const mechanisms = [...new Set([...same.mechanisms, ...lacks.mechanisms])];
  return judgements.map((each) =>
    each === lacks || each.key === same.key ? { ...each, mechanisms, coCauses: same.coCauses, key: same.key } : each,
  );
}

/** Faults that the group has already, though its targets are healthy or not meant to be. */
function faultsToCome(context: Context, checks: readonly Check[]): Diagnosis[] {
  const { group, facts } = context;
  if (subjectsOf(group, facts, context.results).length === 0) return lurking(context, 'fault');
  if (group.nonHealthy.length === group.targets.length) return [];
  const targets = group.targets.map((target): Target => ({ ...target, state: 'healthy' }));
  const calm = { ...group, targets, nonHealthy: [], failing: [], memo: memo() };
  const stateOf = new Map(group.targets.map((target) => [targetKey(target), target]));
  return lurking({ ...context, group: calm, results: examine(calm, facts, checks) }, 'fault').map((diagnosis) => ({
    ...diagnosis,
    targets: diagnosis.targets.map((each) => {
      const { state = each.state, reason = null } = stateOf.get(targetKey(each)) ?? {};
      return { ...each, state, reason };
    }),
  }));
}

/** Faults that keep clients from the targets that are healthy, where others fail for another reason. */
function shutBeside(diagnoses: Diagnosis[], context: Context): Diagnosis[] {
  if (!context.group.targets.some(({ state }) => state === 'healthy')) return [];
  const named = diagnoses.flatMap(({ cause, coCauses, mechanisms }) => [cause, ...coCauses, ...mechanisms]);
  return lurking(context, 'fault').filter(({ verdict, cause }) => verdict === 'unserved' && !named.includes(cause));
}

/** True for a state in which no client is meant to be served. */
const isIntended = ({ verdict, cause }: Diagnosis, { catalogue }: Context): boolean =>
  verdict === 'expected' && catalogue.get(cause ?? '')?.intended === true;

/** What stops clients before any target, whatever the targets wait for. */
function stoppedBefore(context: Context): Diagnosis[] {
  const results = context.results.filter(({ check }) => context.catalogue.get(check)?.beforeTargets === true);
  const stopped = { ...context, results };
  return [...lurking(stopped, 'clients'), ...lurking(stopped, 'fault')];
}

/** What was found of one kind that no single target asks for; what another one masks is left out. */
function lurking(context: Context, kind: 'latent' | 'fault' | 'clients'): Diagnosis[] {
  const risks = context.results.flatMap((result) => {
    if (result.outcome !== 'found') return [];
    const check = context.catalogue.get(result.check);
    const isRisk = check?.kind === kind && (kind !== 'fault' || check.riskWhenHealthy === true);
    return isRisk ? [{ check, evidence: result.evidence }] : [];
  });
  // A fault that keeps clients from healthy targets accounts for what a client meets there.
  const others = context.results.flatMap((result) => {
    const check = result.outcome === 'found' ? context.catalogue.get(result.check) : undefined;
    return result.outcome === 'found' && check?.clientsWhenHealthy === true
      ? [{ check, evidence: result.evidence }]
      : [];
  });
  return risks
    .filter(
      ({ check }) => ![...risks, ...others].some((other) => isMasked(check, other.check) && !isLeft(check, other)),
    )
    .map(({ check, evidence }) => {
      const targets = evidence.flatMap(({ target }) => target ?? []);
      const stopsAll = check.beforeTargets === true && !context.group.targets.some(({ state }) => state === 'healthy');
      const isAboutClients = kind === 'clients' || check.clientsWhenHealthy === true || stopsAll;
      const verdict = isAboutClients && weakest(evidence) === 'confirmed' ? 'unserved' : 'latent';
      return describe(judgement(verdict, check.id, [], []), targets.length > 0 ? targets : ['group'], context);
    });
}

/** True where nothing that was found accounts for the other check in this case. */
const isLeft = ({ id }: Check, { evidence }: { evidence: Evidence[] }): boolean =>
  evidence.length > 0 && evidence.every(({ leaves = [] }) => leaves.includes(id));

const verdicts: Verdict[] = ['unhealthy', 'unserved', 'unexplained', 'expected', 'latent'];

/** Verdict first, then the number of targets, then the name of the cause. */
const byWeight = (a: Diagnosis, b: Diagnosis): number =>
  verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict) ||
  b.targets.length - a.targets.length ||
  compareText(a.cause ?? '', b.cause ?? '');
