import { setTimeout as pause } from 'node:timers/promises';
import { episodeOf, type Message } from '../../core/notification/message.ts';
import { messageFor, type Route } from '../../core/notification/routing.ts';
import type { Pending } from '../store/incidents.ts';
import type { Delivery, DeliveryContext, Receipt, Sink } from './sink.ts';

/** How far a message has come. */
export interface Progress {
  /** Names of the sinks that have it, those from before too. */
  deliveredTo: string[];
  /** Sinks that asked for a later try. */
  postponed: string[];
  refused: { sink: string; reason: string }[];
  /** What sinks threw: bugs, whose messages stay owed. */
  thrown: unknown[];
  /** What sinks gave for the next message of the incident, by name. */
  receipts: Record<string, Receipt>;
}

export interface DeliverOptions {
  sinks: Sink[];
  /** Which sinks a message goes to; without any, to all. */
  routes?: Route[];
  /** Makes a link of the key of a report. */
  linkTo?: (key: string) => Promise<string>;
  vpcId: string;
  /** Milliseconds for which one message may wait for a sink that asks for patience. */
  patienceMs: number;
}

/**
 * Sends a message to every sink that is to have it and does not yet; one failing sink does not hold up the others. Who
 * heard of an incident hears how it goes on, also when it does not match its routes any more.
 */
export async function deliver(pending: Pending, options: DeliverOptions): Promise<Progress> {
  const { sinks, routes = [], vpcId, linkTo, patienceMs } = options;
  const { deliveredTo, receipts = {}, ...message } = pending;
  const episode = episodeOf(message);
  const reportUrl = message.report === undefined ? undefined : await linkTo?.(message.report);
  const missing = sinks.flatMap((sink) => {
    if (deliveredTo.includes(sink.name)) return [];
    const known = receipts[sink.name]?.['episode'] === episode;
    const told = messageFor(sink.name, message, routes) ?? (known ? message : null);
    return told === null ? [] : [{ sink, told }];
  });
  const settled = await Promise.allSettled(
    missing.map(async ({ sink, told }) => {
      const receipt = receipts[sink.name];
      const context: DeliveryContext = {
        vpcId,
        ...(reportUrl !== undefined && { reportUrl }),
        ...(receipt?.['episode'] === episode && { receipt }),
      };
      return { sink: sink.name, ...(await persist(sink, told, { context, patienceMs })) };
    }),
  );
  const outcomes = settled.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
  const those = (kind: 'sent' | 'retry'): string[] =>
    outcomes.filter(({ delivery }) => delivery.kind === kind).map(({ sink }) => sink);
  return {
    deliveredTo: [...deliveredTo, ...those('sent')],
    postponed: those('retry'),
    refused: outcomes.flatMap(({ sink, delivery }) =>
      delivery.kind === 'refused' ? [{ sink, reason: delivery.reason }] : [],
    ),
    thrown: settled.flatMap((each) => (each.status === 'rejected' ? [each.reason] : [])),
    receipts: {
      ...receipts,
      ...Object.fromEntries(
        outcomes.flatMap(({ sink, receipt, delivery }) =>
          receipt === undefined && delivery.kind !== 'sent' ? [] : [[sink, { ...receipt, episode }]],
        ),
      ),
    },
  };
}

interface PersistOptions {
  context: DeliveryContext;
  patienceMs: number;
}

/** Tries again after the time that the sink asked for, as long as patience lasts. */
async function persist(
  sink: Sink,
  message: Message,
  { context, patienceMs }: PersistOptions,
): Promise<{ delivery: Delivery; receipt: Receipt | undefined }> {
  let left = patienceMs;
  let { receipt } = context;
  for (;;) {
    const delivery = await sink.send(message, { ...context, ...(receipt !== undefined && { receipt }) });
    if (delivery.kind !== 'refused') receipt = delivery.receipt ?? receipt;
    if (delivery.kind !== 'retry' || delivery.afterMs > left || left <= 0) return { delivery, receipt };
    // At least a moment, so that a sink that asks for no pause at all is not asked without end.
    const wait = Math.max(delivery.afterMs, 100);
    left -= wait;
    await pause(wait);
  }
}
