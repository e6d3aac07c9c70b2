import { catalogue } from './catalogue.ts';
import { chainOf } from './chain.ts';
import type { Check } from './check.ts';
import { diagnose, isRead } from './diagnose.ts';
import { whoIsServed } from './diagnosis/who-is-served.ts';
import { examine } from './examine.ts';
import type { Facts } from './facts.ts';
import type { Gap } from './gap.ts';
import { compareText, type Group, groupsOf } from './group.ts';
import type { Inventory } from './inventory.ts';
import type { GroupSummary, Report } from './report.ts';
import type { RunCost } from './run-cost.ts';

/** What a run knows about itself before it is judged. */
export interface Run {
  id: string;
  startedAt: string;
  finishedAt: string;
  apiCalls: Record<string, number>;
  throttles: number;
  waitedMs: number;
  /** Where it ran in Lambda. */
  cost?: RunCost;
}

type Survey = Pick<Inventory, 'account' | 'region' | 'clusters' | 'gaps'>;

/** Examines and diagnoses every target group of all Facts and puts the outcome into one Report, in a stable order. */
export function conclude(run: Run, survey: Survey, allFacts: Facts[], checks: readonly Check[] = catalogue): Report {
  const judged = allFacts.flatMap((facts) => groupsOf(facts).map((group) => judge(group, facts, checks)));
  const gaps = distinct([...survey.gaps, ...allFacts.flatMap((facts) => facts.gaps)]);
  const groups = judged.map(({ summary }) => summary).toSorted(byPlace);
  const read = groups.filter((group) => group.read);
  const audited = allFacts.filter((facts) => facts.cluster !== null && !hasLostCluster(facts));
  const probed = new Set(
    allFacts.flatMap((facts) =>
      facts.slices.probes.map((probe) => `${probe.targetGroupArn} ${probe.targetId} ${probe.targetPort}`),
    ),
  );

  return {
    schemaVersion: 1,
    run: {
      ...run,
      account: survey.account,
      region: survey.region,
      complete: gaps.every((gap) => gap.reason === 'not-requested'),
      apiCalls: Object.fromEntries(Object.entries(run.apiCalls).toSorted(([a], [b]) => compareText(a, b))),
    },
    coverage: {
      clusters: { seen: survey.clusters.length, audited: audited.length },
      targetGroups: { seen: groups.length, read: read.length },
      targets: { seen: read.reduce((sum, group) => sum + group.total, 0), probed: probed.size },
      gaps,
    },
    groups,
    diagnoses: judged.flatMap(({ diagnoses }) => diagnoses),
  };
}

function judge(group: Group, facts: Facts, checks: readonly Check[]) {
  const findings = examine(group, facts, checks);
  const diagnoses = diagnose(group, facts, findings, checks);
  const summary: GroupSummary = {
    targetGroupArn: group.targetGroup.arn,
    name: group.targetGroup.name,
    cluster: group.owner?.cluster ?? null,
    namespace: group.owner?.namespace ?? null,
    service: group.owner?.service ?? null,
    loadBalancer: group.loadBalancer?.name ?? null,
    healthy: group.targets.length - group.notHealthy.length,
    total: group.targets.length,
    read: isRead(group, facts),
    served: whoIsServed(group, facts, diagnoses),
    unknown: findings.filter(({ outcome }) => outcome === 'unknown').map(({ check }) => check),
    ...(isRead(group, facts) && { chain: chainOf(group, facts) }),
  };
  return { summary, diagnoses };
}

const hasLostCluster = (facts: Facts): boolean =>
  facts.gaps.some((gap) => gap.scope.kind === 'cluster' && gap.slice === 'services');

function distinct(gaps: Gap[]): Gap[] {
  const byKey = new Map(gaps.map((gap) => [JSON.stringify([gap.slice, gap.scope, gap.action]), gap]));
  return [...byKey.entries()].toSorted(([a], [b]) => compareText(a, b)).map(([, gap]) => gap);
}

const byPlace = (a: GroupSummary, b: GroupSummary): number =>
  compareText(a.cluster ?? '~', b.cluster ?? '~') ||
  compareText(a.namespace ?? '', b.namespace ?? '') ||
  compareText(a.service ?? '', b.service ?? '') ||
  compareText(a.targetGroupArn, b.targetGroupArn);
