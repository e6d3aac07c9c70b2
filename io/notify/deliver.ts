import { setTimeout as pause } from 'node:timers/promises';
import type { Pending } from '../store/incidents.ts';
import type { Sink } from './sink.ts';

/** How far a message has come. */
export interface Progress {
  /** Names of the sinks that have it, those from before too. */
  deliveredTo: string[];
  /** Sinks that asked for a later try. */
  postponed: string[];
  refused: { sink: string; reason: string }[];
}

export interface DeliverOptions {
  sinks: Sink[];
  vpcId: string;
  /** Milliseconds for which one message may wait for a sink that asks for patience. */
  patienceMs: number;
}

/** Sends a message to every sink that does not have it yet; one failing sink does not hold up the others. */
export async function deliver(pending: Pending, { sinks, vpcId, patienceMs }: DeliverOptions): Promise<Progress> {
  const missing = sinks.filter(({ name }) => !pending.deliveredTo.includes(name));
  const outcomes = await Promise.all(
    missing.map(async (sink) => ({ sink: sink.name, delivery: await persist(sink, pending, { vpcId, patienceMs }) })),
  );
  const those = (kind: 'sent' | 'retry'): string[] =>
    outcomes.filter(({ delivery }) => delivery.kind === kind).map(({ sink }) => sink);
  return {
    deliveredTo: [...pending.deliveredTo, ...those('sent')],
    postponed: those('retry'),
    refused: outcomes.flatMap(({ sink, delivery }) =>
      delivery.kind === 'refused' ? [{ sink, reason: delivery.reason }] : [],
    ),
  };
}

/** Tries again after the time that the sink asked for, as long as patience lasts. */
async function persist(sink: Sink, message: Pending, options: { vpcId: string; patienceMs: number }) {
  let { patienceMs } = options;
  for (;;) {
    const delivery = await sink.send(message, options.vpcId);
    if (delivery.kind !== 'retry' || delivery.afterMs > patienceMs || patienceMs <= 0) return delivery;
    // At least a moment, so that a sink that asks for no pause at all is not asked without end.
    const wait = Math.max(delivery.afterMs, 100);
    patienceMs -= wait;
    await pause(wait);
  }
}
