import type { Grades } from '../core/diagnosis/check-settings.ts';
import type { Facts } from '../core/model/facts.ts';
import type { Gap } from '../core/model/gap.ts';
import type { Inventory, Scope, ServiceScope } from '../core/model/inventory.ts';
import type { Observation } from '../core/model/observation.ts';
import { orderOfReading } from '../core/survey/order-of-reading.ts';
import { factsInScope, isInScope } from '../core/survey/service-scope.ts';
import type { LastReading, SurveyMemory } from '../core/survey/survey-memory.ts';
import type { Clients } from './aws/clients.ts';
import { beginCollecting, type Collecting, collect } from './collect/collect.ts';
import type { CollectOptions } from './collect/vantage.ts';
import { withOwners } from './collect/with-owners.ts';
import { noPast, type PastOptions, withPast } from './history/with-past.ts';
import { type LocatedServices, locateServices } from './kubernetes/locate-services.ts';
import type { ProbeTally } from './probe/probe.ts';
import { probeTargets, withoutProbes } from './probe/probe-targets.ts';
import { survey } from './survey/survey.ts';
import type { Turn } from './survey/turn.ts';

export interface ObserveOptions extends CollectOptions {
  /** Identity of the run; by default the moment at which it starts. */
  id?: string;
  scope?: Scope;
  /** Whether packets are sent to targets; `failing-only` leaves healthy ones alone. */
  probe: boolean | 'failing-only';
  /** What is read first, and until when; by default everything, for as long as it takes. */
  turn?: Turn;
  /** What of the time before is read, by default nothing. */
  past?: Omit<PastOptions, 'checks'>;
  /** Checks that are switched off or get another severity, by id: what they find is not worth reading more. */
  checks?: Grades;
  /** Counts probes while they are sent. */
  tally?: ProbeTally;
  /** Receives the inventory before the rest of clusters and VPCs is waited for; what it throws ends the observation. */
  onSurveyed?(inventory: Inventory, located?: LocatedServices): void;
  /** Is called before targets are probed. */
  onCollected?(): void;
}

/** An observation together with the whole inventory from which it was made. */
export interface FullObservation extends Observation {
  inventory: Inventory;
}

/** What one run observed, and what the next one is to remember of its survey. */
export interface Observed extends FullObservation {
  memory: Pick<SurveyMemory, 'readings' | 'known'>;
}

/**
 * The part of the line that reads the world, once: clusters and VPCs while the survey goes on, so that neither takes the
 * time of the other, then probes, then what was before. What cannot be read is a gap in it.
 */
export async function observe(
  clients: Clients,
  {
    id,
    scope = {},
    probe,
    turn,
    tally,
    past = noPast,
    checks = {},
    onSurveyed,
    onCollected,
    ...options
  }: ObserveOptions,
): Promise<Observed> {
  const startedAt = new Date().toISOString();
  const { signal } = clients;
  let begun: Collecting | undefined;
  let locating: Promise<LocatedServices> | undefined;
  const { inventory: surveyed, memory } = await survey(clients, scope, {
    ...(turn && { turn }),
    onClusters(clusters) {
      if (scope.services !== undefined) {
        locating = locateServices(clusters, clients, scope.services);
        // Whoever waits for it takes a failure; until then it must not end the process.
        locating.catch(() => undefined);
        return;
      }
      const byName = new Map(clusters.map((cluster) => [cluster.name, cluster]));
      const inOrder = orderOfReading([...byName.keys()], needOf(turn)).flatMap((name) => byName.get(name) ?? []);
      begun = beginCollecting(inOrder, clients, {
        signal: turn && AbortSignal.any([signal, AbortSignal.timeout(left(turn))]),
      });
    },
  });
  const located = await locating;
  const inventory = located === undefined ? surveyed : inventoryOf(located, surveyed, scope.services ?? {});
  onSurveyed?.(inventory, located);
  const all = await collect(inventory, clients, { ...options, ...(begun && { begun }) });
  const collected = scope.services === undefined ? all : inScope(all, scope.services);
  onCollected?.();
  const seen = await probed(collected, { probe, signal, ...(tally && { tally }) });
  const facts = await withOwners(await withPast(seen, clients, { ...past, checks }), clients, checks);
  const finishedAt = new Date().toISOString();
  const before = inventory.clusters.flatMap(({ name }): [string, LastReading][] => {
    const reading = turn?.memory.readings.get(name);
    return reading === undefined ? [] : [[name, reading]];
  });
  const readClusters = collected.flatMap(({ cluster, gaps }) =>
    cluster === null || !isReadToTheEnd(gaps)
      ? []
      : [[cluster.name, { at: finishedAt, healthy: 1, total: 1 }] as const],
  );
  return {
    run: { id: id ?? startedAt, startedAt, finishedAt, ...clients.usage() },
    inventory,
    facts,
    memory: { ...memory, readings: new Map([...memory.readings, ...before, ...readClusters]) },
  };
}

/** The inventory about the clusters that have a Service of the scope, or a target group that its tags give to one. */
function inventoryOf({ clusters }: LocatedServices, inventory: Inventory, scope: ServiceScope): Inventory {
  const tagged = new Set(inventory.owners.flatMap((owner) => (isInScope(owner, scope) ? [owner.cluster] : [])));
  const kept = inventory.clusters.filter((cluster) => clusters.includes(cluster) || tagged.has(cluster.name));
  return {
    ...inventory,
    clusters: kept,
    scope: { ...inventory.scope, clusters: kept.map(({ name }) => name) },
    // What is known of others by tags alone is not read, and so not judged.
    ...(inventory.unread && {
      unread: inventory.unread.filter(
        ({ namespace, service }) => namespace !== null && service !== null && isInScope({ namespace, service }, scope),
      ),
    }),
  };
}

const inScope = (collected: Facts[], scope: ServiceScope): Facts[] =>
  collected
    .map((facts) => factsInScope(facts, scope))
    .filter(({ cluster, slices }) => cluster !== null || slices.targetGroups.length > 0);

/** The Facts with what probes met, if any are wanted. */
export const probed = async (
  collected: Facts[],
  { probe, signal, tally }: Pick<ObserveOptions, 'probe' | 'tally'> & { signal: AbortSignal },
): Promise<Facts[]> =>
  probe === false
    ? withoutProbes(collected)
    : probeTargets(collected, signal, { failingOnly: probe === 'failing-only', ...(tally && { tally }) });

/** True for a cluster whose turn is over: it was read, or no more of it can be. */
export const isReadToTheEnd = (gaps: Gap[]): boolean =>
  !gaps.some(({ scope: { kind }, reason }) => kind === 'cluster' && reason === 'deadline');

const needOf = (turn: Turn | undefined) => ({
  readings: turn?.memory.readings ?? new Map<string, LastReading>(),
  ...(turn && { urgent: turn.urgent }),
});

/** Milliseconds until the turn is over. */
const left = ({ until }: Turn): number => Math.max(0, Math.round(until - Date.now()));
