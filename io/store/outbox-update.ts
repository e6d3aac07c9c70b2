import type { Message } from '../../core/notification/message.ts';
import { withUnsent } from '../../core/notification/summary.ts';
import { type Guard, isUnfenced } from './fence.ts';
import { timeToLive } from './item-key.ts';
import { isBoard, type OutboxEntry, type OutboxItem, type OutboxUpdate, type Pending } from './outbox.ts';

/** When the item of an entry expires: what is over does. */
export function expiryOf(entry: OutboxEntry, { retentionDays }: Guard): { ttl?: number } {
  const over = isBoard(entry) ? null : entry.resolvedAt;
  return over === null ? {} : { ttl: timeToLive(over, retentionDays) };
}

/**
 * The update that makes the stored item this entry with its pending message; on condition that nothing wrote it since, and
 * that what is owed is as it was where a new message takes its place.
 */
export function outboxUpdate(
  stored: OutboxItem | undefined,
  { after, message, rests }: OutboxUpdate & { rests: number },
  guard: Guard,
) {
  const fields = {
    ...after,
    fence: guard.fence,
    ...(message !== null && { pending: owed(message, stored?.pending) }),
    ...(rests > 0 && { rests }),
    ...expiryOf(after, guard),
  };
  const names = Object.keys(fields);
  const gone = ['rests', 'ttl'].filter((name) => !names.includes(name));
  const remove = gone.length === 0 ? '' : ` REMOVE ${gone.map((name) => `#${name}`).join(', ')}`;
  return {
    UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}${remove}`,
    ConditionExpression: [
      stored?.revision === undefined ? 'attribute_not_exists(#revision)' : '#revision = :storedRevision',
      ...(stored?.pending?.key !== undefined ? ['#pending.#key = :storedKey'] : []),
      ...(stored?.pending === undefined && message !== null ? ['attribute_not_exists(#pending)'] : []),
      isUnfenced,
    ].join(' AND '),
    ExpressionAttributeNames: {
      ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ...((stored?.pending !== undefined || message !== null) && { '#pending': 'pending' }),
      ...Object.fromEntries(gone.map((name) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: {
      ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [`:${name}`, value])),
      ...(stored?.revision !== undefined && { ':storedRevision': stored.revision }),
      ...(stored?.pending?.key !== undefined && { ':storedKey': stored.pending.key }),
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
