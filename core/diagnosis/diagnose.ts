import type { Target } from '../model/aws.ts';
import type { CheckResult, Confidence, Evidence } from '../model/check-result.ts';
import { type Diagnosis, isWrong, type Verdict } from '../model/diagnosis.ts';
import type { Facts } from '../model/facts.ts';
import { keyOf } from '../model/fingerprint.ts';
import { inOrder, under } from '../model/indexed.ts';
import { memo } from '../model/memo.ts';
import type { Severity } from '../model/severity.ts';
import { kubernetesSlices } from '../model/slices.ts';
import { compareText, isUnhealthy, type TargetGroupContext } from '../model/target-group-context.ts';
import { isProbed } from '../probes/results.ts';
import { type Check, stages } from './check.ts';
import { examine, targetKey } from './examine.ts';
import { fill, surroundings } from './fix/remediation.ts';
import { fitted } from './fix/set-health-check.ts';
import { isMasked } from './masks.ts';
import { nobodyServed } from './nobody-served.ts';
import { decidedNext, endsOf, nextEvidence } from './unexplained/next-evidence.ts';
import { evidenceOfUnexplained, symptomOf } from './unexplained/unexplained.ts';
import { isRead, whoIsServed } from './who-is-served.ts';
import { withZoneEvidence, zoneEvidence } from './zone-evidence.ts';
import { emptyZones, failoverOf, zoneOf } from './zones.ts';

/**
 * Turns the findings about one target group into diagnoses: one for each set of targets that share the same root,
 * the worst first. Expected states are set aside first; a finding explained by another one on the same target is a
 * mechanism; the earliest remaining stage is the cause.
 */
export function diagnose(
  group: TargetGroupContext,
  facts: Facts,
  findings: CheckResult[],
  checks: readonly Check[],
): Diagnosis[] {
  const subjects = subjectsOf(group, facts, findings);
  const found = findings.filter(({ outcome }) => outcome === 'found');
  if (subjects.length === 0 && found.length === 0) return [];
  const catalogue = new Map(checks.map((check) => [check.id, check]));
  const scene = { group, facts, findings, catalogue };
  const judgements = joined(subjects.map((subject) => ({ subject, ...judge(subject, { ...scene, findings: found }) })));
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
  // Where no target is healthy, the reason for that comes first.
  if (group.targets.some(({ state }) => state === 'healthy')) diagnoses.push(...lurking(context, 'clients'));
  if (whoIsServed(group, facts, diagnoses) === 'unserved' && !diagnoses.some(isWrong))
    diagnoses.push(unserved(judgement('unexplained', null, [], []), group.targets, context));
  const risks = [...lurking(context, 'latent'), ...(wrong.length === 0 ? faultsToCome(context, checks) : [])];
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

/** A target that is not healthy, the group itself where it has none, or what it lacks beside the targets that it has. */
type Subject = Target | 'group' | 'missing';

const isTarget = (subject: Subject): subject is Target => typeof subject === 'object';

interface Judgement {
  verdict: Verdict | undefined;
  cause: string | null;
  mechanisms: string[];
  coCauses: string[];
  key: string;
}

interface Scene {
  group: TargetGroupContext;
  facts: Facts;
  findings: CheckResult[];
  catalogue: Map<string, Check>;
}

interface Context extends Scene {
  /** Targets that no expected state excuses. */
  failing: Target[];
}

function subjectsOf(group: TargetGroupContext, facts: Facts, findings: CheckResult[]): Subject[] {
  if (!isRead(group, facts)) return [];
  const lacks = findings.some((finding) => finding.outcome === 'found' && finding.evidence.some(isAboutMissing));
  if (group.targets.length === 0) return ['group'];
  return lacks ? [...group.nonHealthy, 'missing'] : group.nonHealthy;
}

const isAboutMissing = ({ missing }: Evidence): boolean => missing !== undefined;

function judge(subject: Subject, scene: Scene): Judgement {
  const { findings, catalogue } = scene;
  const found = findings
    .filter((finding) => evidenceFor(finding, subject, scene).length > 0)
    .flatMap((finding) => catalogue.get(finding.check) ?? []);
  const expected = found.filter((check) => check.kind === 'expected').toSorted(byStage)[0];
  if (expected !== undefined) return judgement('expected', expected.id, [], []);

  const suspects = found.filter((check) => check.kind === 'fault' || check.kind === 'mechanism');
  const roots = suspects
    .filter((check) => check.kind === 'fault' && !suspects.some((other) => isMasked(check, other)))
    .toSorted(byStage);
  const [cause, ...others] = roots;
  const mechanisms = suspects.filter((check) => !roots.includes(check)).toSorted(byStage);
  if (cause !== undefined)
    return judgement(isNote(cause, scene) ? 'latent' : 'unhealthy', cause.id, ids(mechanisms), ids(others));
  const needsOne = isTarget(subject) ? needsCause(subject) : whoIsServed(scene.group, scene.facts, []) === 'unserved';
  if (!needsOne) return judgement(undefined, null, [], []);
  return judgement('unexplained', null, ids(mechanisms), []);
}

const judgement = (verdict: Verdict | undefined, cause: string | null, mechanisms: string[], coCauses: string[]) => ({
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
function evidenceFor(finding: CheckResult, subject: Subject, { catalogue }: Scene): Evidence[] {
  if (finding.outcome !== 'found') return [];
  const { evidence } = finding;
  if (isTarget(subject)) {
    const own = under(evidence, concerning, targetKey(subject));
    return inOrder(evidence, [under(evidence, concerning, everyTarget), own]);
  }
  const isWhole = subject === 'group' || catalogue.get(finding.check)?.kind === 'expected';
  return inOrder(evidence, [
    under(evidence, concerning, lacking),
    isWhole ? under(evidence, concerning, everyTarget) : [],
  ]);
}

const everyTarget = 'every target';
const lacking = 'what is missing';

const concerning = ({ target, missing }: Evidence): string[] => {
  if (missing !== undefined) return [lacking];
  return [target === undefined ? everyTarget : targetKey(target)];
};

function describe(judged: Judgement, subjects: Subject[], context: Context): Diagnosis {
  const { group, facts, findings, catalogue } = context;
  const cause = judged.cause === null ? undefined : catalogue.get(judged.cause);
  const targets = subjects.filter(isTarget);
  const told = [judged.cause, ...judged.coCauses, ...judged.mechanisms].flatMap((id) => {
    const finding = findings.find(({ check }) => check === id);
    return finding === undefined
      ? []
      : distinct(subjects.flatMap((subject) => evidenceFor(finding, subject, context))).map((evidence) => ({
          id: finding.check,
          evidence,
        }));
  });
  const decisive = told.filter(({ id }) => id === judged.cause).map(({ evidence }) => evidence);
  const confidence = weakest(decisive);
  const risk = decisive.find(({ severity }) => severity !== undefined)?.severity;
  const missing = [...new Set(told.flatMap(({ evidence }) => evidence.missing ?? []))];
  const empty = judged.verdict === 'expected' ? zonesEmptied(context) : [];
  const isNoneHealthy = failoverOf(group, facts.slices.instances).isOpenEverywhere;
  const earlier = cause === undefined ? stages.length : stages.indexOf(cause.stage);
  const symptom = symptomOf(targets, group, facts);
  const alike = findings.filter((finding) => {
    const check = catalogue.get(finding.check);
    return check !== undefined && check.kind === 'fault';
  });

  return {
    fingerprint: fingerprint(facts, group, judged.cause ?? 'unexplained'),
    verdict: judged.verdict ?? 'unexplained',
    cause: judged.cause,
    title: titleOf({ cause, emptied: empty, isNoneHealthy }),
    mechanisms: judged.mechanisms,
    coCauses: judged.coCauses,
    confidence,
    decidedBy: confidence === 'confirmed' ? null : (cause?.decidedBy ?? decidedNext[symptom]),
    severity: severityOf(judged, { cause, emptied: empty, isNoneHealthy, risk }),
    ...place(group),
    targets: targets.map(({ id, port, state, reason }) => ({ id, port, state, reason: reason ?? null })),
    ...(missing.length > 0 && { missing }),
    ...(empty.length > 0 && { emptyZones: empty }),
    groupHealth: { healthy: group.targets.length - group.nonHealthy.length, total: group.targets.length },
    evidence: [
      ...zoneEvidence(group, facts, empty).map((each) => ({ check: judged.cause ?? '', target: null, ...each })),
      ...(judged.verdict === 'unexplained' ? evidenceOfUnexplained(targets, group, facts) : []),
      ...told.map(({ id, evidence }) => ({
        check: id,
        target: evidence.target === undefined ? null : targetKey(evidence.target),
        saw: evidence.saw,
        expected: evidence.expected,
      })),
    ],
    ruledOut: alike.filter((finding) => isRuledOut(finding, subjects, context)).map(({ check }) => check),
    unknown: alike.flatMap((finding) => unknownBefore(finding, subjects, context, earlier)),
    fix: (cause?.fix ?? (judged.verdict === 'unexplained' ? nextEvidence(symptom) : []))
      .filter(({ when }) => when === undefined || decisive[0]?.values?.[when] !== undefined)
      .map((fix) =>
        fill(fitted(fix, group, facts), {
          ...surroundings(group, facts),
          ...endsOf(group, facts, targets),
          ...decisive[0]?.values,
        }),
      ),
  };
}

/** Zones without a healthy target in which no target fails otherwise; none where no target is healthy and one fails otherwise. */
function zonesEmptied({ group, facts, failing }: Context): string[] {
  const { instances } = facts.slices;
  if (failing.length > 0 && failoverOf(group, instances).isOpenEverywhere) return [];
  const broken = new Set(failing.map((target) => zoneOf(target, instances)));
  return emptyZones(group, instances).filter((zone) => !broken.has(zone));
}

interface Told {
  cause: Check | undefined;
  emptied: string[];
  isNoneHealthy: boolean;
  /** How severe the evidence says that a risk is. */
  risk?: Severity | undefined;
}

function titleOf({ cause, emptied, isNoneHealthy }: Told): string {
  if (emptied.length > 0 && isNoneHealthy) return 'No target is healthy in any zone of the load balancer';
  if (emptied.length > 0) return 'A zone of the load balancer is left without a healthy target';
  return cause?.title ?? 'No cause of the catalogue explains these targets';
}

/** An expected state that leaves a zone without a healthy target is not to be overlooked. */
function severityOf({ verdict }: Judgement, { cause, emptied, isNoneHealthy, risk }: Told): Severity {
  if (verdict === 'latent' && cause?.kind !== 'clients') return risk ?? 'low';
  if (emptied.length > 0) return isNoneHealthy ? 'high' : 'medium';
  return cause?.severity ?? 'high';
}

/** What needs probes is ruled out only where every one of the targets was probed. */
function isRuledOut(finding: CheckResult, subjects: Subject[], scene: Scene): boolean {
  if (finding.outcome === 'unknown' || hidesSome(finding, subjects)) return false;
  if (subjects.some((subject) => evidenceFor(finding, subject, scene).length > 0)) return false;
  const targets = subjects.filter(isTarget);
  return !needsProbes(finding, scene) || (targets.length > 0 && targets.every((target) => wasProbed(target, scene)));
}

const needsProbes = ({ check }: CheckResult, { catalogue }: Scene): boolean =>
  catalogue.get(check)?.needs.includes('probes') ?? false;

const wasProbed = (target: Target, { facts }: Scene): boolean => isProbed(facts.slices.probes, target);

/** Why what needs probes is open on a failing target that none was sent to, for whatever reason. */
function unprobed(finding: CheckResult, subjects: Subject[], scene: Scene) {
  if (finding.outcome !== 'ruled-out' || !needsProbes(finding, scene)) return [];
  const left = subjects.filter(isTarget).filter((target) => isUnhealthy(target) && !wasProbed(target, scene));
  const [first] = left;
  if (first === undefined) return [];
  const more = left.length > 1 ? ` and ${left.length - 1} more` : '';
  return [
    {
      check: finding.check,
      reason: `no probe was sent to ${targetKey(first)}${more}`,
      remedy: 'Audit from inside of the VPC with probes, while the target and its network interface exist.',
    },
  ];
}

function unknownBefore(finding: CheckResult, subjects: Subject[], scene: Scene, stage: number) {
  const check = scene.catalogue.get(finding.check);
  if (check === undefined || stages.indexOf(check.stage) > stage) return [];
  const { gaps } = finding;
  if (finding.outcome === 'unknown' && finding.bug !== undefined)
    return [
      {
        check: finding.check,
        reason: `the check failed: ${finding.bug}`,
        remedy: 'report this as a bug with the saved facts',
      },
    ];
  const blind = finding.outcome === 'unknown' || hidesSome(finding, subjects);
  if (!blind) return unprobed(finding, subjects, scene);
  const [gap] = gaps;
  return [{ check: finding.check, reason: gap?.message ?? 'not read', remedy: gap?.remedy ?? '' }];
}

/** True when a gap on one of these very targets kept the check from seeing it. */
function hidesSome({ gaps }: CheckResult, subjects: Subject[]): boolean {
  const hidden = new Set(gaps.flatMap(({ scope }) => (scope.kind === 'target' ? [targetKey(scope)] : [])));
  return hidden.size > 0 && subjects.some((subject) => isTarget(subject) && hidden.has(targetKey(subject)));
}

/** Faults that the group has already, though its targets are healthy or not meant to be. */
function faultsToCome(context: Context, checks: readonly Check[]): Diagnosis[] {
  const { group, facts } = context;
  if (subjectsOf(group, facts, context.findings).length === 0) return lurking(context, 'fault');
  if (group.nonHealthy.length === group.targets.length) return [];
  const targets = group.targets.map((target): Target => ({ ...target, state: 'healthy' }));
  const calm = { ...group, targets, nonHealthy: [], failing: [], memo: memo() };
  return lurking({ ...context, group: calm, findings: examine(calm, facts, checks) }, 'fault');
}

/** What was found of one kind that no single target asks for; what another one masks is left out. */
function lurking(context: Context, kind: 'latent' | 'fault' | 'clients'): Diagnosis[] {
  const risks = context.findings.flatMap((finding) => {
    const check = context.catalogue.get(finding.check);
    const isRisk = check?.kind === kind && (kind !== 'fault' || check.riskWhenHealthy === true);
    return finding.outcome === 'found' && isRisk ? [{ check, evidence: finding.evidence }] : [];
  });
  return risks
    .filter(({ check }) => !risks.some((other) => isMasked(check, other.check)))
    .map(({ check, evidence }) => {
      const targets = evidence.flatMap(({ target }) => target ?? []);
      const verdict = kind === 'clients' && weakest(evidence) === 'confirmed' ? 'unserved' : 'latent';
      return describe(judgement(verdict, check.id, [], []), targets.length > 0 ? targets : ['group'], context);
    });
}

function place(group: TargetGroupContext) {
  return {
    cluster: group.owner?.cluster ?? null,
    namespace: group.owner?.namespace ?? null,
    service: group.owner?.service ?? null,
    loadBalancerArn: group.loadBalancer?.arn ?? null,
    targetGroupArn: group.targetGroup.arn,
  };
}

function fingerprint(facts: Facts, group: TargetGroupContext, cause: string): string {
  const { owner } = group;
  const { account, region, vpcId } = facts;
  return owner === undefined
    ? keyOf({ account, region, place: vpcId, subject: group.targetGroup.name, cause })
    : keyOf({ account, region, place: owner.cluster, subject: `${owner.namespace}/${owner.service}`, cause });
}

const confidences: Confidence[] = ['confirmed', 'probable', 'possible'];

/** As sure as its least sure piece of evidence; `possible` without any. */
const weakest = (evidence: Evidence[]): Confidence =>
  confidences[Math.max(...evidence.map(({ confidence }) => confidences.indexOf(confidence)))] ?? 'possible';

const distinct = (evidence: Evidence[]): Evidence[] => [...new Set(evidence)];
const ids = (checks: Check[]): string[] => checks.map(({ id }) => id);

const byStage = (a: Check, b: Check): number =>
  stages.indexOf(a.stage) - stages.indexOf(b.stage) || (a.order ?? 0) - (b.order ?? 0) || compareText(a.id, b.id);

const verdicts: Verdict[] = ['unhealthy', 'unserved', 'unexplained', 'expected', 'latent'];

/** Verdict first, then the number of targets, then the name of the cause. */
const byWeight = (a: Diagnosis, b: Diagnosis): number =>
  verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict) ||
  b.targets.length - a.targets.length ||
  compareText(a.cause ?? '', b.cause ?? '');
