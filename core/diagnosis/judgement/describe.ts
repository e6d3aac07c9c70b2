import type { Target } from '../../model/aws.ts';
import type { CheckResult, Confidence, Evidence } from '../../model/check-result.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import type { Facts } from '../../model/facts.ts';
import { keyOf } from '../../model/fingerprint.ts';
import type { Severity } from '../../model/severity.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { type Check, stages } from '../check.ts';
import { targetKey } from '../examine.ts';
import { stepsFor } from '../fix/steps-for.ts';
import { decidedByFlows, fatesOf } from '../unexplained/flow-evidence.ts';
import { decidedNext, endsOf, nextEvidence } from '../unexplained/next-evidence.ts';
import { evidenceOfUnexplained, type Symptom, symptomOf } from '../unexplained/unexplained.ts';
import { zoneEvidence } from '../zone-evidence.ts';
import { emptyZones, failoverOf, zoneOf } from '../zones.ts';
import { type Context, evidenceFor, isTarget, type Judgement, type Subject } from './judge.ts';
import { isRuledOut, unknownBefore } from './ruled-out.ts';

/** One diagnosis of subjects that share a judgement: evidence, what was ruled out, what is open, and the fix. */
export function describe(judged: Judgement, subjects: Subject[], context: Context): Diagnosis {
  const { group, facts, results, catalogue } = context;
  const cause = judged.cause === null ? undefined : catalogue.get(judged.cause);
  const targets = subjects.filter(isTarget);
  const reported = [judged.cause, ...judged.coCauses, ...judged.mechanisms].flatMap((id) => {
    const result = results.find(({ check }) => check === id);
    return result === undefined
      ? []
      : distinct(subjects.flatMap((subject) => evidenceFor(result, subject, context))).map((evidence) => ({
          id: result.check,
          evidence,
        }));
  });
  const decisive = reported.filter(({ id }) => id === judged.cause).map(({ evidence }) => evidence);
  const confidence = weakest(decisive);
  const risk = decisive.find(({ severity }) => severity !== undefined)?.severity;
  const missing = [...new Set(reported.flatMap(({ evidence }) => evidence.missing ?? []))];
  const protocols = [...new Set(decisive.map(({ clientsOf }) => clientsOf))];
  const empty = judged.verdict === 'expected' && cause?.intended !== true ? zonesEmptied(context) : [];
  const isNoneHealthy = failoverOf(group, facts.slices.instances).isOpenEverywhere;
  const earlier = cause === undefined ? stages.length : stages.indexOf(cause.stage);
  const symptom = symptomOf(targets, group, facts);
  const alike = results.filter((result) => {
    const check = catalogue.get(result.check);
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
    decidedBy: confidence === 'confirmed' ? null : (cause?.decidedBy ?? decidedByWhat(targets, context, symptom)),
    severity: severityOf(judged, { cause, emptied: empty, isNoneHealthy, risk }),
    ...place(group),
    targets: targets.map(({ id, port, state, reason }) => ({ id, port, state, reason: reason ?? null })),
    ...(missing.length > 0 && { missing }),
    ...(empty.length > 0 && { emptyZones: empty }),
    ...(protocols.length === 1 && protocols[0] !== undefined && { clientsOf: protocols[0] }),
    ...(decisive.length > 0 &&
      decisive.every(({ someClients }) => someClients === true) && { someClients: true as const }),
    ...(cause?.besideOthers === true && { besideOthers: true as const }),
    groupHealth: { healthy: group.targets.length - group.nonHealthy.length, total: group.targets.length },
    evidence: [
      ...zoneEvidence(group, facts, empty).map((each) => ({ check: judged.cause ?? '', target: null, ...each })),
      ...(judged.verdict === 'unexplained' ? evidenceOfUnexplained(targets, group, facts) : []),
      ...reported.map(({ id, evidence }) => ({
        check: id,
        target: evidence.target === undefined ? null : targetKey(evidence.target),
        saw: evidence.saw,
        expected: evidence.expected,
      })),
    ],
    ruledOut: alike
      .filter((result) => isRuledOut(result, subjects, context) || isEliminated(result, judged, catalogue))
      .map(({ check }) => check),
    unknown: alike.flatMap((result) => unknownBefore(result, subjects, context, earlier)),
    fix: stepsFor(cause ?? { fix: judged.verdict === 'unexplained' ? nextEvidence(symptom) : [] }, {
      group,
      facts,
      values: { ...endsOf(group, facts, targets), ...decisive[0]?.values },
    }),
  };
}

/** What would settle a cause that is not known: what flow logs have settled need not be looked for there again. */
function decidedByWhat(targets: Target[], { group, facts }: Context, symptom: Symptom): string {
  const [fate] = fatesOf(targets, group, facts)[0] ?? [];
  return fate === undefined ? decidedNext[symptom] : decidedByFlows[fate];
}

/** True for what was concluded from what is left, now that the cause accounts for it. */
const isEliminated = (
  { check, outcome }: CheckResult,
  { cause, coCauses }: Judgement,
  catalogue: Context['catalogue'],
): boolean =>
  outcome === 'found' && catalogue.get(check)?.byElimination === true && ![cause, ...coCauses].includes(check);

/** Zones without a healthy target in which no target fails otherwise; none where no target is healthy and one fails otherwise. */
function zonesEmptied({ group, facts, failing }: Context): string[] {
  const { instances } = facts.slices;
  if (failing.length > 0 && failoverOf(group, instances).isOpenEverywhere) return [];
  const broken = new Set(failing.map((target) => zoneOf(target, instances)));
  return emptyZones(group, instances).filter((zone) => !broken.has(zone));
}

interface TitleFacts {
  cause: Check | undefined;
  emptied: string[];
  isNoneHealthy: boolean;
  /** How severe the evidence says that a risk is. */
  risk?: Severity | undefined;
}

function titleOf({ cause, emptied, isNoneHealthy }: TitleFacts): string {
  if (emptied.length > 0 && isNoneHealthy) return 'No target is healthy in any zone of the load balancer';
  if (emptied.length > 0) return 'A zone of the load balancer is left without a healthy target';
  return cause?.title ?? 'No cause of the catalogue explains these targets';
}

/** An expected state that leaves a zone without a healthy target is not to be overlooked. */
function severityOf({ verdict }: Judgement, { cause, emptied, isNoneHealthy, risk }: TitleFacts): Severity {
  if (verdict === 'latent' && cause?.kind !== 'clients') return risk ?? 'low';
  if (emptied.length > 0) return isNoneHealthy ? 'high' : 'medium';
  return cause?.severity ?? 'high';
}

function place(group: TargetGroupContext) {
  return {
    cluster: group.owner?.cluster ?? null,
    namespace: group.owner?.namespace ?? null,
    service: group.owner?.service ?? null,
    loadBalancerArn: group.loadBalancer?.arn ?? group.lost?.loadBalancerArn ?? null,
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
export const weakest = (evidence: Evidence[]): Confidence =>
  confidences[Math.max(...evidence.map(({ confidence }) => confidences.indexOf(confidence)))] ?? 'possible';

const distinct = (evidence: Evidence[]): Evidence[] => [...new Set(evidence)];
