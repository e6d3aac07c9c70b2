import { assemble } from '../diagnosis/assess.ts';
import type { Conclusion } from '../diagnosis/conclusion.ts';
import type { Facts } from '../model/facts.ts';
import type { Change, Finding } from '../model/finding.ts';
import type { Gap } from '../model/gap.ts';
import { isInPlace } from '../model/lost/in-place.ts';
import type { Observation } from '../model/observation.ts';
import { groupsOf } from '../model/target-group-context.ts';
import { compare } from './reconcile-findings.ts';
import type { LifeCycleRules } from './thresholds.ts';

type Run = Omit<Observation, 'facts'>;

/** What one cluster's conclusion is compared with. */
export interface SliceOptions {
  run: Run;
  cluster: string;
  findings: Finding[];
  lifeCycle: LifeCycleRules;
}

/**
 * What the conclusion about one cluster changes in memory, so that it can be saved before the others are judged. Findings that
 * have target groups elsewhere are left to the end of the run, which passes over what was saved here.
 */
export function changesOfSlice(conclusion: Conclusion, { run, cluster, findings, lifeCycle }: SliceOptions): Change[] {
  const here = new Set(conclusion.groups.map(({ targetGroupArn }) => targetGroupArn));
  const ofCluster = findings.filter(({ diagnoses }) => diagnoses[0]?.cluster === cluster);
  const isWhole = ({ targetGroupArns }: Finding): boolean => targetGroupArns.every((arn) => here.has(arn));
  const whole = ofCluster.filter(isWhole);
  const left = ofCluster.filter((finding) => !isWhole(finding));
  const leftFingerprints = new Set(left.map(({ fingerprint }) => fingerprint));
  const leftGroups = new Set(left.flatMap(({ targetGroupArns }) => targetGroupArns));
  const { report } = assemble(run, [conclusion]);
  // A target without an explanation is not a new finding where one that is left to the end may be its cause.
  const diagnoses = report.diagnoses.filter(
    ({ fingerprint, cluster: of, verdict, targetGroupArn }) =>
      of === cluster &&
      !leftFingerprints.has(fingerprint) &&
      !(verdict === 'unexplained' && leftGroups.has(targetGroupArn)),
  );
  return compare(whole, { ...report, diagnoses }, report.run.finishedAt, lifeCycle);
}

/** What is said of Facts that could not be judged, for want of time unless a gap says why: nothing is found and nothing is resolved. */
export function leftUnjudged(facts: Facts, why?: Gap): Conclusion {
  const groups = groupsOf(facts).map(({ targetGroup, lost, owner, loadBalancer, targets, nonHealthy }) => ({
    targetGroupArn: targetGroup.arn,
    name: targetGroup.name,
    ...(isInPlace({ targetGroup, lost }) && { missing: true as const }),
    cluster: owner?.cluster ?? null,
    namespace: owner?.namespace ?? null,
    service: owner?.service ?? null,
    loadBalancer: loadBalancer?.name ?? null,
    healthy: targets.length - nonHealthy.length,
    total: targets.length,
    read: false,
    unknown: [],
  }));
  return {
    audited: facts.cluster === null ? null : false,
    probed: 0,
    alike: 0,
    gaps: [...facts.gaps, why ?? noTimeLeft(facts, groups.length)],
    groups,
    diagnoses: [],
    baselines: {},
  };
}

const noTimeLeft = ({ cluster, vpcId }: Facts, count: number): Gap => ({
  slice: 'targetHealth',
  scope: { kind: 'target-groups', count },
  reason: 'deadline',
  action: `examine ${cluster?.name ?? vpcId}`,
  message: 'the target groups were read, and no time was left to examine them',
  remedy: 'Give the function more memory, which gives it more CPU, or audit fewer VPCs with one function.',
});
