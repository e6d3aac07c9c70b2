import type { Conclusion } from '../../core/diagnosis/conclusion.ts';
import { conclude } from '../../core/diagnosis/conclusion.ts';
import { lostCluster } from '../../core/lifecycle/lost-part.ts';
import { leftUnjudged } from '../../core/lifecycle/slice.ts';
import type { Cluster } from '../../core/model/aws.ts';
import type { Facts } from '../../core/model/facts.ts';
import { indexFacts } from '../../core/model/indexed.ts';
import type { LastReading } from '../../core/survey/survey-memory.ts';
import { timetable } from '../../core/survey/timetable.ts';
import { connect } from '../aws/clients.ts';
import { type Claims, dealOut } from '../collect/deal-out.ts';
import { factsOfCluster, factsOfUnowned, type Parts } from '../collect/facts-of.ts';
import { withPast } from '../history/with-past.ts';
import { noKubernetesSlices } from '../kubernetes/cluster.ts';
import { probed } from '../observe.ts';
import type { AuditRun, AuditRunOptions } from '../run/audit-run.ts';
import { type Judgeable, judge, judgeablesOf, judgingRules, urgentOf } from '../run/judge.ts';
import type { ClusterResult, KeptReading, Network, PartResult, Plan } from './plan.ts';
import { runCostOf, stageCost, usageOf } from './stage-cost.ts';

/** What the stages before the join left, and what became of each part. */
export interface Stages {
  plan: Plan;
  network: Network;
  parts: PartOutcome[];
}

/** What a part left, or the name of the error with which its function ended; in the order of the plan. */
export type PartOutcome =
  | { names: string[]; result: PartResult; readings(): Promise<KeptReading[]> }
  | { names: string[]; error: string };

/**
 * The last stage: deals target groups out among all clusters, judges what no part could judge by itself – target groups that
 * several clusters claim, or none – and puts one report together. A part that failed is a gap for each of its clusters.
 */
export async function joinStage({ plan, network, parts }: Stages, options: AuditRunOptions): Promise<AuditRun> {
  const { settings, vantage, memoryMb, endsAt, remembered } = options;
  const began = Date.now();
  const { inventory } = plan;
  const results = new Map(
    parts
      .flatMap((part) => ('result' in part ? part.result.clusters : []))
      .map((each) => [each.claims.cluster.name, each]),
  );
  const errors = new Map(
    parts.flatMap((part) => ('error' in part ? part.names.map((name) => [name, part.error] as const) : [])),
  );
  const lost = (cluster: Cluster): Claims => {
    const gap = lostCluster(cluster.name, errors.get(cluster.name) ?? 'no answer');
    return { cluster, owners: [], bindings: [], gaps: [gap] };
  };
  const claims = inventory.clusters.map((cluster) => results.get(cluster.name)?.claims ?? lost(cluster));
  const dealt = dealOut(inventory, claims, { vpcs: new Map(network.vpcs), ...vantage });

  const unowned = factsOfUnowned(dealt, claims);
  const times = timetable(Math.max(0, endsAt - began), unowned.flatMap(({ slices }) => slices.targetGroups).length);
  const signal = AbortSignal.timeout(Math.round(times.observeMs));
  const clients = connect({ callsPerSecond: settings.elbCallsPerSecond, signal });
  const met = await probed(unowned, { probe: settings.probe, signal });
  const seen = await withPast(met, clients, {
    metrics: settings.metrics,
    changes: settings.changes,
    flowLogs: settings.flowLogs,
    urgent: urgentOf(remembered.memory),
    checks: settings.checks,
  });
  clients.close();

  const kept = await contestedReadings(parts, (result) => isContested(dealt, result));
  const rules = judgingRules(settings, remembered.memory.baselines);
  const ofClusters = claims.map(({ cluster, gaps: [gap] }): Judgeable => {
    const result = results.get(cluster.name);
    const reading = kept.get(cluster.name);
    const bare = { cluster, slices: noKubernetesSlices, gaps: [] };
    const unjudged = () => leftUnjudged(factsOfCluster(dealt, bare), result === undefined ? gap : undefined);
    const again = (kept: KeptReading): Conclusion => conclude(indexFacts(factsAgain(dealt, kept)), rules);
    return {
      cluster: cluster.name,
      conclude: () => (result === undefined ? unjudged() : reading ? again(reading) : result.conclusion),
      unjudged,
    };
  });

  const finishedAt = new Date().toISOString();
  const costs = [
    plan.cost,
    network.cost,
    ...parts.flatMap((part) => ('result' in part ? part.result.cost : [])),
    stageCost(clients.usage(), began, memoryMb),
  ];
  const run = { id: plan.id, startedAt: plan.startedAt, finishedAt, ...usageOf(costs), cost: runCostOf(costs) };
  const judged = await judge({ run, inventory }, [...ofClusters, ...judgeablesOf(seen, options)], {
    ...options,
    until: began + times.concludeMs,
  });
  const before = inventory.clusters.flatMap(({ name }): [string, LastReading][] => {
    const reading = remembered.survey.readings.get(name);
    return reading === undefined ? [] : [[name, reading]];
  });
  const now = [...results.values()].flatMap(({ claims: { cluster }, isRead }): [string, LastReading][] =>
    isRead ? [[cluster.name, { at: finishedAt, healthy: 1, total: 1 }]] : [],
  );
  return {
    ...judged,
    concludeMsPerGroup: concludeMsPerGroup(parts),
    survey: {
      readings: new Map([...plan.memory.readings, ...before, ...now]),
      known: new Map(plan.memory.known),
    },
  };
}

/** True where all clusters together deal out other target groups than the cluster by itself, or bind one of its own too. */
function isContested(dealt: Parts, { claims: { cluster }, conclusion }: ClusterResult): boolean {
  const { slices } = factsOfCluster(dealt, { cluster, slices: noKubernetesSlices, gaps: [] });
  const owned = new Set(slices.targetGroups.map(({ arn }) => arn));
  const there = conclusion.groups.filter(({ missing }) => missing !== true);
  return (
    slices.foreignBindings.length > 0 ||
    there.length !== owned.size ||
    there.some(({ targetGroupArn }) => !owned.has(targetGroupArn))
  );
}

async function contestedReadings(
  parts: PartOutcome[],
  isContested: (result: ClusterResult) => boolean,
): Promise<Map<string, KeptReading>> {
  const found = new Map<string, KeptReading>();
  for (const part of parts) {
    if ('error' in part) continue;
    const names = part.result.clusters.filter(isContested).map(({ claims }) => claims.cluster.name);
    if (names.length === 0) continue;
    for (const kept of await part.readings()) {
      if (names.includes(kept.reading.cluster.name)) found.set(kept.reading.cluster.name, kept);
    }
  }
  return found;
}

/** The Facts of a cluster as one function would have them that knows what all clusters claim. */
function factsAgain(dealt: Parts, { reading, probes, laterGaps, takenAt, vantage, ...kept }: KeptReading): Facts {
  const facts = factsOfCluster(dealt, reading);
  const own = new Set(facts.slices.targetGroups.map(({ arn }) => arn));
  const isOwn = (arn: string): boolean => own.has(arn);
  return {
    ...facts,
    takenAt,
    vantage,
    slices: { ...facts.slices, ...kept, probes: probes.filter(({ targetGroupArn }) => isOwn(targetGroupArn)) },
    gaps: [...facts.gaps, ...laterGaps.filter(({ scope }) => scope.kind !== 'target' || isOwn(scope.targetGroupArn))],
  };
}

function concludeMsPerGroup(parts: PartOutcome[]): number {
  const results = parts.flatMap((part) => ('result' in part ? part.result : []));
  const groups = results.flatMap(({ clusters }) => clusters.flatMap(({ conclusion }) => conclusion.groups)).length;
  return groups === 0 ? 0 : results.reduce((sum, { concludeMs }) => sum + concludeMs, 0) / groups;
}
