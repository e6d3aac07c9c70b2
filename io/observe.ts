import type { Inventory, Scope } from '../core/model/inventory.ts';
import type { Observation } from '../core/model/observation.ts';
import type { Clients } from './aws/clients.ts';
import { type CollectOptions, collect } from './collect/collect.ts';
import type { ProbeTally } from './probe/probe.ts';
import { probeTargets, withoutProbes } from './probe/probe-targets.ts';
import { survey } from './survey/survey.ts';

export interface ObserveOptions extends CollectOptions {
  /** Identity of the run; by default the moment at which it starts. */
  id?: string;
  scope?: Scope;
  /** Whether packets are sent to targets; `failing-only` leaves healthy ones alone. */
  probe: boolean | 'failing-only';
  /** Counts probes while they are sent. */
  tally?: ProbeTally;
  /** Receives the inventory before clusters and VPCs are read; what it throws ends the observation. */
  onSurveyed?(inventory: Inventory): void;
  /** Is called before targets are probed. */
  onCollected?(): void;
}

/** An observation together with the whole inventory from which it was made. */
export interface FullObservation extends Observation {
  inventory: Inventory;
}

/** The part of the line that reads the world, once: survey, collect, probe. What cannot be read is a gap in it. */
export async function observe(
  clients: Clients,
  { id, scope = {}, probe, tally, onSurveyed, onCollected, ...options }: ObserveOptions,
): Promise<FullObservation> {
  const startedAt = new Date().toISOString();
  const inventory = await survey(clients, scope);
  onSurveyed?.(inventory);
  const collected = await collect(inventory, clients, options);
  onCollected?.();
  const facts =
    probe === false
      ? withoutProbes(collected)
      : await probeTargets(collected, clients.signal, {
          failingOnly: probe === 'failing-only',
          ...(tally && { tally }),
        });
  const finishedAt = new Date().toISOString();
  return { run: { id: id ?? startedAt, startedAt, finishedAt, ...clients.usage() }, inventory, facts };
}
