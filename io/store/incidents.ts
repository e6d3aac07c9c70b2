import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Incident } from '../../core/notification/incident.ts';
import type { Message } from '../../core/notification/message.ts';
import type { SummaryState } from '../../core/notification/situation.ts';
import { withUnsent } from '../../core/notification/summary.ts';
import type { Receipt } from '../notify/sink.ts';
import { type Guard, isUnfenced, OvertakenError } from './fence.ts';
import { type ItemKey, timeToLive } from './item-key.ts';
import { readItem, readItems, type TableAccess } from './items.ts';

/** A message that is owed, and the sinks that have it already. */
export interface Pending extends Message {
  deliveredTo: string[];
  /** What sinks gave for the next message about this incident, by their names. */
  receipts?: Record<string, Receipt>;
}

/** What owes messages: an incident, or the board of summaries. */
type OutboxEntry = Incident | SummaryState;

/** A debtor as it is stored. */
export type OutboxItem = OutboxEntry &
  ItemKey & { pending?: Pending; receipts?: Record<string, Receipt>; fence?: number; ttl?: number };

/** What is to be written of a debtor, with the message that it owes from now on. */
export interface OutboxUpdate {
  before: OutboxEntry | null;
  after: OutboxEntry;
  message: Message | null;
}

/** Every incident of the scope, and its board. */
export async function readOutbox(place: TableAccess): Promise<OutboxItem[]> {
  const { pk, sk } = place.keys.incident('');
  return readItems<OutboxItem>(place, pk, sk);
}

/** The message that a debtor owes now, with the receipts of those before. */
export const pendingOf = ({ pending, receipts }: OutboxItem): Pending | null =>
  pending === undefined ? null : { ...pending, ...(receipts !== undefined && { receipts }) };

/** The debtor itself, as core knows it. */
export function withoutPending(item: OutboxItem): OutboxEntry {
  const { pk: _pk, sk: _sk, pending: _pending, receipts: _receipts, fence: _fence, ttl: _ttl, ...debtor } = item;
  return debtor as OutboxEntry;
}

/** True for the board of summaries. */
export const isBoard = (debtor: OutboxEntry): debtor is SummaryState => 'covers' in debtor;

/**
 * Writes an incident and the message that it owes as one item, so that neither is ever there without the other. Doing so
 * twice changes nothing; throws when another run was faster. A message that is still owed stays when there is no newer one.
 */
export async function saveOutboxEntry(place: TableAccess, news: OutboxUpdate, guard: Guard): Promise<void> {
  const { before, after } = news;
  const key = place.keys.incident(after.key);
  for (;;) {
    const stored = await readItem<OutboxItem>(place, key);
    if (stored?.revision === after.revision && stored.lastRun === after.lastRun) return;
    if (stored?.revision !== before?.revision || (stored?.fence ?? 0) > guard.fence) {
      throw new OvertakenError(`incident ${after.key}`);
    }
    try {
      await place.documents.send(
        new UpdateCommand({ TableName: place.table, Key: key, ...update(stored, news, guard) }),
      );
      return;
    } catch (error) {
      // The notifier delivered what was owed in between: what the new message is called may depend on that.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}

function update(stored: OutboxItem | undefined, { after, message }: OutboxUpdate, { fence, retentionDays }: Guard) {
  const over = 'resolvedAt' in after ? after.resolvedAt : null;
  const fields = {
    ...after,
    fence,
    ...(message !== null && { pending: owed(message, stored?.pending) }),
    ...(over !== null && { ttl: timeToLive(over, retentionDays) }),
  };
  const names = Object.keys(fields);
  return {
    UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}${over === null ? ' REMOVE #ttl' : ''}`,
    ConditionExpression: [
      stored === undefined ? 'attribute_not_exists(pk)' : '#revision = :storedRevision',
      stored?.pending === undefined ? 'attribute_not_exists(#pending)' : '#pending.#key = :storedKey',
      isUnfenced,
    ].join(' AND '),
    ExpressionAttributeNames: {
      ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
      '#pending': 'pending',
      ...(over === null && { '#ttl': 'ttl' }),
    },
    ExpressionAttributeValues: {
      ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [`:${name}`, value])),
      ...(stored !== undefined && { ':storedRevision': stored.revision }),
      ...(stored?.pending !== undefined && { ':storedKey': stored.pending.key }),
    },
  };
}

/** What changed before anybody heard of it is still news, and a summary that somebody lacks is told with the next one. */
function owed(message: Message, unsent: Pending | undefined): Pending {
  const isUnheard = unsent?.transition === 'opened' && unsent.deliveredTo.length === 0;
  const isAboutOpen = message.transition === 'changed' || message.transition === 'reminder';
  return {
    ...message,
    transition: isUnheard && isAboutOpen ? 'opened' : message.transition,
    ...(message.summary && { summary: withUnsent(message.summary, unsent?.summary) }),
    deliveredTo: [],
  };
}
