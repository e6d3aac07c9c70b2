import { sparklineOf } from '../history/measured.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import type { Facts } from '../model/facts.ts';
import type { Gap } from '../model/gap.ts';
import { indexFacts } from '../model/indexed.ts';
import { isInPlace } from '../model/lost/in-place.ts';
import { memo } from '../model/memo.ts';
import type { GroupSummary } from '../model/report.ts';
import { groupsOf, type TargetGroupContext } from '../model/target-group-context.ts';
import { type Baseline, baselinesOf } from './baseline.ts';
import { chainOf } from './chain.ts';
import { withChanges } from './changes/with-changes.ts';
import { changesSinceHealthy, newlyHealthy } from './changes-since-healthy.ts';
import type { Check } from './check.ts';
import { clientsPathOf } from './clients-path.ts';
import { diagnose } from './diagnose.ts';
import { examine } from './examine.ts';
import { withConsequence } from './judgement/consequence.ts';
import { withMeasured } from './measured/with-measured.ts';
import { withTeams } from './teams.ts';
import { isRead, whoIsServed } from './who-is-served.ts';

/** By what a run is judged. */
export interface JudgingRules {
  checks: readonly Check[];
  /** Label of Services whose value is the team of their diagnoses. */
  teamLabel?: string | undefined;
  /** How target groups were set up when they were last healthy, by ARN; only where that is remembered. */
  baselines?: Map<string, Baseline>;
}

/** What was concluded from the Facts about one cluster, or about the target groups of a VPC that no cluster owns. Plain JSON. */
export interface Conclusion {
  /** Whether the cluster could be read; `null` where the Facts are about none. */
  audited: boolean | null;
  /** Targets that were probed. */
  probed: number;
  /** Targets that were not asked, as those of their kind that were answered alike. */
  alike: number;
  gaps: Gap[];
  groups: GroupSummary[];
  diagnoses: Diagnosis[];
  /** Setups to be remembered, by ARN of the target group; empty where none are remembered. */
  baselines: Record<string, Baseline>;
}

/** Examines and diagnoses every target group of these Facts. */
export function conclude(given: Facts, { checks, teamLabel, baselines }: JudgingRules): Conclusion {
  const facts = indexFacts(given);
  // Each group under a memo of its own that goes with it: what was worked out for one says nothing about the next.
  const judged = groupsOf(facts).map((group) => judge({ ...group, memo: memo() }, facts, checks));
  const groups = judged.map(({ summary }) => summary);
  const diagnoses = withTeams(
    judged.flatMap((each) => each.diagnoses),
    facts,
    teamLabel,
  );
  const now = baselines === undefined ? new Map<string, Baseline>() : baselinesOf(facts);
  return {
    audited: facts.cluster === null ? null : !hasLostCluster(facts),
    alike: new Set(
      facts.slices.probes
        .filter(({ alike }) => alike !== undefined)
        .flatMap(({ alike = [], targetGroupArn, targetPort }) =>
          alike.map((id) => `${targetGroupArn} ${id} ${targetPort}`),
        ),
    ).size,
    probed: new Set(facts.slices.probes.map((probe) => `${probe.targetGroupArn} ${probe.targetId} ${probe.targetPort}`))
      .size,
    gaps: facts.gaps,
    groups,
    diagnoses: baselines === undefined ? diagnoses : changesSinceHealthy(diagnoses, baselines, now),
    baselines: baselines === undefined ? {} : Object.fromEntries(newlyHealthy(groups, baselines, now)),
  };
}

function judge(group: TargetGroupContext, facts: Facts, checks: readonly Check[]) {
  const findings = examine(group, facts, checks);
  const diagnosed = diagnose(group, facts, findings, checks);
  // Without an answer for want of time a target is not unexplained: the next run gives it its turn.
  const ranOut = facts.gaps.length > 0 && findings.some(({ gaps }) => gaps.some(({ reason }) => reason === 'deadline'));
  const kept = ranOut ? diagnosed.filter(({ verdict }) => verdict !== 'unexplained') : diagnosed;
  const explained = withChanges(withMeasured(kept, group, facts), group, {
    facts,
    results: findings,
    checks,
  });
  const read = isRead(group, facts) && explained.length === diagnosed.length;
  const served = read ? whoIsServed(group, facts, explained) : 'unknown';
  const diagnoses = explained.map((diagnosis) => withConsequence(diagnosis, served, checks));
  const path = read ? clientsPathOf(group, facts, findings) : undefined;
  const sparkline = sparklineOf(group, facts.slices.metrics);
  const summary: GroupSummary = {
    targetGroupArn: group.targetGroup.arn,
    name: group.targetGroup.name,
    ...(isInPlace(group) && { missing: true as const }),
    cluster: group.owner?.cluster ?? null,
    namespace: group.owner?.namespace ?? null,
    service: group.owner?.service ?? null,
    loadBalancer: group.loadBalancer?.name ?? null,
    healthy: group.targets.length - group.nonHealthy.length,
    total: group.targets.length,
    read,
    served,
    unknown: findings.filter(({ outcome }) => outcome === 'unknown').map(({ check }) => check),
    // Of what is not there nothing is known that could be drawn.
    ...(isRead(group, facts) && !isInPlace(group) && { chain: chainOf(group, facts) }),
    ...(path && { clientsPath: path }),
    ...(sparkline && { sparkline }),
  };
  return { summary, diagnoses };
}

const hasLostCluster = (facts: Facts): boolean =>
  facts.gaps.some((gap) => gap.scope.kind === 'cluster' && gap.slice === 'services');
