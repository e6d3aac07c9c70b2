import type { Message } from '../../core/notification/message.ts';

/** What a sink wants to know of its last message about an incident when it sends the next one. */
export type Receipt = Record<string, string>;

/**
 * What became of a message: `retry` = later it may work; `refused` = it will not, until somebody fixes something. The
 * receipt of a `retry` tells which part of the message has arrived.
 */
export type Delivery =
  | { kind: 'sent'; receipt?: Receipt }
  | { kind: 'retry'; afterMs: number; receipt?: Receipt }
  | { kind: 'refused'; reason: string };

/** What a sink is told beside the message. */
export interface DeliveryContext {
  /** The auditor that found it. */
  vpcId: string;
  /** Leads to the whole report of the run, for some days. */
  reportUrl?: string;
  /** Who is to be mentioned, as routes name it. */
  mention?: string;
  /** Aborts while there is still time to note who has the message. */
  signal: AbortSignal;
  /** What this sink answered last in the same episode of the incident. */
  receipt?: Receipt;
}

/** Somewhere messages go. A message can arrive twice; its key tells. */
export interface Sink {
  /** Of the channel; what it has received is remembered by this name. */
  name: string;
  send(message: Message, context: DeliveryContext): Promise<Delivery>;
}
