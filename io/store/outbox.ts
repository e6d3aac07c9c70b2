import type { Incident } from '../../core/notification/incident.ts';
import type { Message } from '../../core/notification/message.ts';
import type { SummaryState } from '../../core/notification/situation.ts';
import type { Receipt } from '../notify/sink.ts';
import type { ItemKey } from './item-key.ts';

/** A pending message, and the sinks that have it already. */
export interface Pending extends Message {
  deliveredTo: string[];
  /** What sinks gave for the next message about this incident, by their names. */
  receipts?: Record<string, Receipt>;
}

/** What messages are about: an incident, or the board of summaries. */
export type OutboxEntry = Incident | SummaryState;

/** An entry as it is stored. */
export type OutboxItem = OutboxEntry &
  ItemKey & { pending?: Pending; receipts?: Record<string, Receipt>; rests?: number; fence?: number; ttl?: number };

/** What is to be written of an entry, with its pending message. */
export interface OutboxUpdate {
  before: OutboxEntry | null;
  after: OutboxEntry;
  message: Message | null;
}

/** True for the board of summaries. */
export const isBoard = (entry: OutboxEntry): entry is SummaryState => 'covers' in entry;
