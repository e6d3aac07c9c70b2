import { setTimeout as pause } from 'node:timers/promises';
import { episodeOf, type Message } from '../../core/notification/message.ts';
import { mentionFor, messageFor, type Route } from '../../core/notification/routing.ts';
import type { Pending } from '../store/outbox.ts';
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
  /** What messages call the account. */
  accountName?: string | undefined;
  /** Makes a link of the key of a report. */
  linkTo?: (key: string) => Promise<string>;
  vpcId: string;
  /** Milliseconds for which one message may wait for a sink that asks for patience. */
  patienceMs: number;
  /** Aborts while there is still time to note who has the message. */
  signal: AbortSignal;
}

/** Notes how far a message has come, as soon as one more sink has it. */
export type Note = (progress: Pick<Progress, 'deliveredTo' | 'receipts'>) => Promise<void>;

/**
 * Sends a message to every sink that is to have it and does not yet; one failing sink does not hold up the others. Who
 * heard of an incident hears how it goes on, also when it does not match its routes any more.
 */
export async function deliver(pending: Pending, options: DeliverOptions, note: Note): Promise<Progress> {
  const { sinks, routes = [], accountName, vpcId, linkTo, patienceMs, signal } = options;
  const { deliveredTo, receipts = {}, ...owed } = pending;
  const message = { ...owed, ...(accountName !== undefined && { accountName }) };
  const episode = episodeOf(message);
  const reportUrl = message.report === undefined ? undefined : await linkTo?.(message.report);
  const missing = sinks.flatMap((sink) => {
    if (deliveredTo.includes(sink.name)) return [];
    const known = receipts[sink.name]?.['episode'] === episode;
    const content = messageFor(sink.name, message, routes) ?? (known ? message : null);
    return content === null ? [] : [{ sink, content }];
  });
  const progress: Progress = { deliveredTo, postponed: [], refused: [], thrown: [], receipts };
  const fail = (error: unknown): void => {
    progress.thrown = [...progress.thrown, error];
  };
  let unfinished = missing.length;
  let noted = Promise.resolve();
  await Promise.all(
    missing.map(async ({ sink, content }) => {
      const { name } = sink;
      const receipt = receipts[name]?.['episode'] === episode ? receipts[name] : undefined;
      const mention = mentionFor(name, content, routes);
      const context = {
        vpcId,
        signal,
        ...(reportUrl !== undefined && { reportUrl }),
        ...(mention !== undefined && { mention }),
        ...(receipt && { receipt }),
      };
      try {
        addOutcome(progress, { name, episode, ...(await persist(sink, content, { context, patienceMs })) });
      } catch (error) {
        fail(error);
      }
      unfinished -= 1;
      // The last one is noted by the caller, together with the end. One note after the other: each has all that came before.
      const isWorthNoting = progress.deliveredTo.includes(name) && unfinished > 0;
      if (isWorthNoting) {
        noted = noted.then(() => note(progress)).catch(fail);
      }
      await noted;
    }),
  );
  return progress;
}

interface Outcome {
  name: string;
  episode: string;
  delivery: Delivery;
  receipt: Receipt | undefined;
}

function addOutcome(progress: Progress, { name, episode, delivery, receipt }: Outcome): void {
  if (delivery.kind === 'sent') progress.deliveredTo = [...progress.deliveredTo, name];
  if (delivery.kind === 'retry') progress.postponed = [...progress.postponed, name];
  if (delivery.kind === 'refused') progress.refused = [...progress.refused, { sink: name, reason: delivery.reason }];
  if (receipt === undefined && delivery.kind !== 'sent') return;
  progress.receipts = { ...progress.receipts, [name]: { ...receipt, episode } };
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
    if (delivery.kind !== 'retry' || delivery.afterMs > left || left <= 0 || context.signal.aborted)
      return { delivery, receipt };
    // At least a moment, so that a sink that asks for no pause at all is not asked without end.
    const wait = Math.max(delivery.afterMs, 100);
    left -= wait;
    await pause(wait, undefined, { signal: context.signal }).catch(() => undefined);
  }
}
