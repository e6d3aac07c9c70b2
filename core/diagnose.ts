import type { Target } from './aws.ts';
import { type Check, type Severity, stages } from './check.ts';
import { nobodyServed } from './diagnosis/nobody-served.ts';
import { whoIsServed } from './diagnosis/who-is-served.ts';
import { type Diagnosis, isWrong, type Verdict } from './diagnosis.ts';
import { examine, targetKey } from './examine.ts';
import type { Facts } from './facts.ts';
import type { Confidence, Evidence, Finding } from './finding.ts';
import { fill, surroundings } from './fix.ts';
import { conceals } from './gap.ts';
import { compareText, type Group } from './group.ts';
import { endsOf, nextEvidence } from './next-evidence.ts';
import { fitted } from './set-health-check.ts';
import { emptyZones, zoneOf } from './zones.ts';

/**
 * Turns the findings about one target group into diagnoses: one for each set of targets that share the same root,
 * the worst first. Expected states are set aside first; a finding explained by another one on the same target is a
 * mechanism; the earliest remaining stage is the cause.
 */
export function diagnose(group: Group, facts: Facts, findings: Finding[], checks: readonly Check[]): Diagnosis[] {
  const catalogue = new Map(checks.map((check) => [check.id, check]));
  const subjects = subjectsOf(group, facts);
  const judgements = subjects.map((subject) => ({ subject, ...judge(subject, findings, catalogue) }));
  const shared = Map.groupBy(judgements, (judgement) => judgement.key);
  const wrong = judgements.filter(({ verdict }) => verdict !== 'expected' && verdict !== undefined);
  const failing = wrong.flatMap(({ subject }) => (subject === 'group' ? [] : [subject]));
  const context = { group, facts, findings, catalogue, failing };

  const diagnoses = [...shared.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined || first.verdict === undefined) return [];
    const targets = members.flatMap(({ subject }) => (subject === 'group' ? [] : [subject]));
    return [describe(first, targets, context)];
  });
  diagnoses.push(...lurking(context, 'clients'));
  if (whoIsServed(group, facts, diagnoses) === 'unserved' && !diagnoses.some(isWrong))
    diagnoses.push({
      ...describe(judgement('unexplained', null, [], []), group.targets, context),
      ...nobodyServed(group, facts),
    });
  const risks = [...lurking(context, 'latent'), ...(wrong.length === 0 ? faultsToCome(context, checks) : [])];
  return [...diagnoses, ...risks].toSorted(byWeight);
}

/** A target that is not healthy, or the group itself where it should have targets and has none. */
type Subject = Target | 'group';

interface Judgement {
  verdict: Verdict | undefined;
  cause: string | null;
  mechanisms: string[];
  coCauses: string[];
  key: string;
}

interface Context {
  group: Group;
  facts: Facts;
  findings: Finding[];
  catalogue: Map<string, Check>;
  /** Targets that no expected state excuses. */
  failing: Target[];
}

function subjectsOf(group: Group, facts: Facts): Subject[] {
  if (!isRead(group, facts)) return [];
  return group.targets.length === 0 ? ['group'] : group.notHealthy;
}

/** True when the health of the group's targets could be read. */
export const isRead = (group: Group, facts: Facts): boolean =>
  !facts.gaps.some((gap) => gap.slice === 'targetHealth' && conceals(gap, group.targetGroup.arn));

function judge(subject: Subject, findings: Finding[], catalogue: Map<string, Check>): Judgement {
  const found = findings
    .filter((finding) => finding.outcome === 'found' && evidenceFor(finding, subject).length > 0)
    .flatMap((finding) => catalogue.get(finding.check) ?? []);
  const expected = found.filter((check) => check.kind === 'expected').toSorted(byStage)[0];
  if (expected !== undefined) return judgement('expected', expected.id, [], []);

  const likely = found.filter((check) => check.kind === 'fault' || check.kind === 'mechanism');
  const isNamed = likely.some((check) => check.kind === 'fault' && check.lastResort !== true);
  const suspects = isNamed ? likely.filter((check) => check.lastResort !== true) : likely;
  const explained = new Set(suspects.flatMap((check) => check.explains.filter((id) => id !== check.id)));
  const roots = suspects.filter((check) => check.kind === 'fault' && !explained.has(check.id)).toSorted(byStage);
  const [cause, ...others] = roots;
  const mechanisms = suspects.filter((check) => !roots.includes(check)).toSorted(byStage);
  if (cause !== undefined) return judgement('unhealthy', cause.id, ids(mechanisms), ids(others));
  if (subject === 'group' || !needsCause(subject)) return judgement(undefined, null, [], []);
  return judgement('unexplained', null, ids(mechanisms), []);
}

const judgement = (verdict: Verdict | undefined, cause: string | null, mechanisms: string[], coCauses: string[]) => ({
  verdict,
  cause,
  mechanisms,
  coCauses,
  key: [verdict, cause, ...mechanisms, '|', ...coCauses].join(' '),
});

/** Draining ends by itself; every other state but healthy asks for a reason. */
const needsCause = (target: Target): boolean => target.state !== 'draining';

function evidenceFor(finding: Finding, subject: Subject): Evidence[] {
  if (finding.outcome !== 'found') return [];
  return finding.evidence.filter(
    ({ target }) => target === undefined || (subject !== 'group' && targetKey(target) === targetKey(subject)),
  );
}

function describe(judged: Judgement, targets: Target[], context: Context): Diagnosis {
  const { group, facts, findings, catalogue } = context;
  const cause = judged.cause === null ? undefined : catalogue.get(judged.cause);
  const subjects: Subject[] = targets.length > 0 ? targets : ['group'];
  const told = [judged.cause, ...judged.coCauses, ...judged.mechanisms].flatMap((id) => {
    const finding = findings.find(({ check }) => check === id);
    return finding === undefined
      ? []
      : distinct(subjects.flatMap((subject) => evidenceFor(finding, subject))).map((evidence) => ({
          id: finding.check,
          evidence,
        }));
  });
  const decisive = told.filter(({ id }) => id === judged.cause).map(({ evidence }) => evidence);
  const confidence = weakest(decisive);
  const empty = judged.verdict === 'expected' ? zonesEmptied(context) : [];
  const earlier = cause === undefined ? stages.length : stages.indexOf(cause.stage);
  const alike = findings.filter((finding) => {
    const check = catalogue.get(finding.check);
    return check !== undefined && check.kind === 'fault';
  });

  return {
    fingerprint: fingerprint(facts, group, judged.cause ?? 'unexplained'),
    verdict: judged.verdict ?? 'unexplained',
    cause: judged.cause,
    title: titleOf(cause, empty),
    mechanisms: judged.mechanisms,
    coCauses: judged.coCauses,
    confidence,
    decidedBy: confidence === 'confirmed' ? null : (cause?.decidedBy ?? unexplainedNext),
    severity: severityOf(judged, cause, empty),
    ...place(group),
    targets: targets.map(({ id, port, state, reason }) => ({ id, port, state, reason: reason ?? null })),
    ...(empty.length > 0 && { emptyZones: empty }),
    groupHealth: { healthy: group.targets.length - group.notHealthy.length, total: group.targets.length },
    evidence: [
      ...empty.map((zone) => emptyZone(zone, judged.cause ?? '')),
      ...told.map(({ id, evidence }) => ({
        check: id,
        target: evidence.target === undefined ? null : targetKey(evidence.target),
        saw: evidence.saw,
        expected: evidence.expected,
      })),
    ],
    ruledOut: alike.filter((finding) => isRuledOut(finding, subjects)).map(({ check }) => check),
    unknown: alike.flatMap((finding) => unknownBefore(finding, subjects, catalogue, earlier)),
    fix: (cause?.fix ?? (judged.verdict === 'unexplained' ? nextEvidence : []))
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

/** Zones without a healthy target in which no target fails otherwise. */
function zonesEmptied({ group, facts, failing }: Context): string[] {
  const { instances } = facts.slices;
  const broken = new Set(failing.map((target) => zoneOf(target, instances)));
  return emptyZones(group, instances).filter((zone) => !broken.has(zone));
}

function titleOf(cause: Check | undefined, emptied: string[]): string {
  if (emptied.length > 0) return 'A zone of the load balancer is left without a healthy target';
  return cause?.title ?? 'No cause of the catalogue explains these targets';
}

/** An expected state that leaves a zone with nobody to serve it is not to be overlooked. */
function severityOf({ verdict }: Judgement, cause: Check | undefined, emptied: string[]): Severity {
  if (verdict === 'latent') return 'low';
  return emptied.length > 0 ? 'medium' : (cause?.severity ?? 'high');
}

const emptyZone = (zone: string, check: string): Diagnosis['evidence'][number] => ({
  check,
  target: null,
  saw: `zone ${zone} has no healthy target and cross-zone load balancing is off, so that its address leaves DNS`,
  expected: 'a healthy target in every zone of the load balancer, or cross-zone load balancing',
});

const unexplainedNext =
  'VPC flow logs of the target network interface, VPC Reachability Analyzer, or a packet capture on the target: they tell whether the health check arrives and what answers';

function isRuledOut(finding: Finding, subjects: Subject[]): boolean {
  if (finding.outcome === 'unknown') return false;
  const seen = subjects.every((subject) => !hidden(finding, subject));
  return seen && subjects.every((subject) => evidenceFor(finding, subject).length === 0);
}

function unknownBefore(finding: Finding, subjects: Subject[], catalogue: Map<string, Check>, stage: number) {
  const check = catalogue.get(finding.check);
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
  const blind = finding.outcome === 'unknown' || subjects.some((subject) => hidden(finding, subject));
  if (!blind) return [];
  const [gap] = gaps;
  return [{ check: finding.check, reason: gap?.message ?? 'not read', remedy: gap?.remedy ?? '' }];
}

/** True when a gap on this very target kept the check from seeing it. */
const hidden = (finding: Finding, subject: Subject): boolean =>
  subject !== 'group' &&
  finding.gaps.some(({ scope }) => scope.kind === 'target' && scope.id === subject.id && scope.port === subject.port);

/** Faults that the group has already, though its targets are healthy or not meant to be. */
function faultsToCome(context: Context, checks: readonly Check[]): Diagnosis[] {
  const { group, facts } = context;
  if (subjectsOf(group, facts).length === 0) return lurking(context, 'fault');
  if (group.notHealthy.length === group.targets.length) return [];
  const targets = group.targets.map((target): Target => ({ ...target, state: 'healthy' }));
  const calm = { ...group, targets, notHealthy: [], unhealthy: [] };
  return lurking({ ...context, group: calm, findings: examine(calm, facts, checks) }, 'fault');
}

/** What was found of one kind, told as risks. */
const lurking = (context: Context, kind: 'latent' | 'fault' | 'clients'): Diagnosis[] =>
  context.findings.flatMap((finding) => {
    const check = context.catalogue.get(finding.check);
    const isRisk = check?.kind === kind && (kind !== 'fault' || check.riskWhenHealthy === true);
    if (finding.outcome !== 'found' || !isRisk) return [];
    const isServing = context.group.targets.some(({ state }) => state === 'healthy');
    // Who has no healthy target learns first why that is so.
    if (kind === 'clients' && !isServing) return [];
    const isProved = finding.evidence.every(({ confidence }) => confidence === 'confirmed');
    const targets = finding.evidence.flatMap(({ target }) => target ?? []);
    return [describe(judgement(kind === 'clients' && isProved ? 'unserved' : 'latent', finding.check, [], []), targets, context)];
  });

function place(group: Group) {
  return {
    cluster: group.owner?.cluster ?? null,
    namespace: group.owner?.namespace ?? null,
    service: group.owner?.service ?? null,
    loadBalancerArn: group.loadBalancer?.arn ?? null,
    targetGroupArn: group.targetGroup.arn,
  };
}

function fingerprint(facts: Facts, group: Group, cause: string): string {
  const { owner } = group;
  const workload =
    owner === undefined ? [facts.vpcId, group.targetGroup.name] : [owner.cluster, owner.namespace, owner.service];
  return [facts.account, facts.region, ...workload, cause].join('/');
}

const confidences: Confidence[] = ['confirmed', 'probable', 'possible'];

/** As sure as its least sure piece of evidence; `possible` without any. */
const weakest = (evidence: Evidence[]): Confidence =>
  confidences[Math.max(...evidence.map(({ confidence }) => confidences.indexOf(confidence)))] ?? 'possible';

const distinct = (evidence: Evidence[]): Evidence[] => [...new Set(evidence)];
const ids = (checks: Check[]): string[] => checks.map(({ id }) => id);

const byStage = (a: Check, b: Check): number =>
  stages.indexOf(a.stage) - stages.indexOf(b.stage) || (a.position ?? 0) - (b.position ?? 0) || compareText(a.id, b.id);

const verdicts: Verdict[] = ['unhealthy', 'unserved', 'unexplained', 'expected', 'latent'];

/** Verdict first, then the number of targets, then the name of the cause. */
const byWeight = (a: Diagnosis, b: Diagnosis): number =>
  verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict) ||
  b.targets.length - a.targets.length ||
  compareText(a.cause ?? '', b.cause ?? '');
