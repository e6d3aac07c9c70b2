import type { Incident } from '../../core/notification/incident.ts';
import type { Message } from '../../core/notification/message.ts';
import type { SummaryState } from '../../core/notification/situation.ts';
import type { Receipt } from '../notify/sink.ts';
import type { ItemKey } from './item-key.ts';

/** A message that is owed, and the sinks that have it already. */
export interface Pending extends Message {
  deliveredTo: string[];
  /** What sinks gave for the next message about this incident, by their names. */
  receipts?: Record<string, Receipt>;
}

/** What owes messages: an incident, or the board of summaries. */
export type OutboxEntry = Incident | SummaryState;

/** A debtor as it is stored. */
export type OutboxItem = OutboxEntry &
  ItemKey & { pending?: Pending; receipts?: Record<string, Receipt>; rests?: number; fence?: number; ttl?: number };

/** What is to be written of a debtor, with the message that it owes from now on. */
export interface OutboxUpdate {
  before: OutboxEntry | null;
  after: OutboxEntry;
  message: Message | null;
}

/** True for the board of summaries. */
export const isBoard = (debtor: OutboxEntry): debtor is SummaryState => 'covers' in debtor;
