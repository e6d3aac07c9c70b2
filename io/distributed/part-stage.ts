import type { Settings } from '../../config/settings.ts';
import type { Conclusion } from '../../core/diagnosis/conclusion.ts';
import { indexInventory } from '../../core/model/inventory.ts';
import { emptyMemory } from '../../core/notification/memory.ts';
import { timetable } from '../../core/survey/timetable.ts';
import { connect } from '../aws/clients.ts';
import { readClustersOf } from '../collect/collect.ts';
import { claimsOf, dealOut } from '../collect/deal-out.ts';
import { factsOfCluster } from '../collect/facts-of.ts';
import type { CollectOptions } from '../collect/vantage.ts';
import { withOwners } from '../collect/with-owners.ts';
import { withPast } from '../history/with-past.ts';
import { isReadToTheEnd, probed } from '../observe.ts';
import { judgeablesOf } from '../run/judge.ts';
import type { KeptReading, Network, PartResult, Plan } from './plan.ts';
import { stageCost } from './stage-cost.ts';

export interface PartStageOptions {
  /** Names. */
  clusters: string[];
  settings: Settings;
  vantage: CollectOptions;
  memoryMb: number;
  /** Epoch milliseconds at which the stage is killed. */
  endsAt: number;
}

/** Reads, probes and judges some clusters, as if no other cluster claimed a target group of theirs: the join sees to these. */
export async function partStage(
  plan: Plan,
  { vpcs }: Network,
  { clusters: names, settings, vantage, memoryMb, endsAt }: PartStageOptions,
): Promise<{ result: PartResult; kept: KeptReading[] }> {
  const began = Date.now();
  const inventory = indexInventory(plan.inventory);
  const owned = inventory.owners.filter(({ cluster }) => names.includes(cluster)).length;
  const times = timetable(Math.max(0, endsAt - began), owned);
  const signal = AbortSignal.timeout(Math.round(times.observeMs));
  const clients = connect({ callsPerSecond: settings.elbCallsPerSecond, signal });
  try {
    const clusters = names.flatMap((name) => inventory.clusters.find((cluster) => cluster.name === name) ?? []);
    const until = AbortSignal.any([signal, AbortSignal.timeout(Math.round(times.surveyMs))]);
    const readings = await Promise.all(readClustersOf(clusters, clients, { signal: until }));
    const claims = readings.map((reading) => claimsOf(inventory, reading));
    const parts = dealOut(inventory, claims, { vpcs: new Map(vpcs), ...vantage });
    const collected = readings.map((reading) => factsOfCluster(parts, reading));
    const seen = await probed(collected, { probe: settings.probe, signal });
    const past = await withPast(seen, clients, settings);
    const facts = await withOwners(past, clients, settings.checks);

    const judging = Date.now();
    const memory = { ...emptyMemory(), baselines: new Map(plan.baselines) };
    const conclusions = judgeablesOf(facts, { settings, remembered: { memory } }).map(
      ({ conclude, unjudged }): Conclusion => (Date.now() < began + times.concludeMs ? conclude() : unjudged()),
    );
    const done = claims.flatMap((own, index) => {
      const [reading, before, after, conclusion] = [
        readings[index],
        collected[index],
        facts[index],
        conclusions[index],
      ];
      if (!reading || !before || !after || !conclusion) return [];
      const { takenAt, vantage: seenFrom, slices, gaps } = after;
      const { probes, metrics, changes, flowLogs, addOns, capabilities } = slices;
      // What is read after the cluster adds its gaps at the end.
      const later = { metrics, changes, flowLogs, addOns, capabilities };
      const met = { probes, ...later, laterGaps: gaps.slice(before.gaps.length) };
      return [
        {
          result: { claims: own, isRead: isReadToTheEnd(gaps), conclusion },
          kept: { reading, ...met, takenAt, vantage: seenFrom },
        },
      ];
    });
    return {
      result: {
        clusters: done.map(({ result }) => result),
        concludeMs: Date.now() - judging,
        cost: stageCost(clients.usage(), began, memoryMb),
      },
      kept: done.map(({ kept }) => kept),
    };
  } finally {
    clients.close();
  }
}
