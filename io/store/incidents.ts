import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { type Guard, OvertakenError } from './fence.ts';
import type { ItemKey } from './item-key.ts';
import { readItem, readItems, type TableAccess } from './items.ts';
import { divideList, dropEarlierRests, restsIn, saveRest } from './long-list.ts';
import { isBoard, type OutboxEntry, type OutboxItem, type OutboxUpdate, type Pending } from './outbox.ts';
import { expiryOf, outboxUpdate } from './outbox-update.ts';
import { readStoredOutbox } from './shapes/stored-outbox.ts';

/** Every incident of the scope, and its board, as they are stored: what is long is not whole. */
export async function readOutbox(place: TableAccess): Promise<OutboxItem[]> {
  const { pk, sk } = place.keys.incident('');
  const items = await readItems<ItemKey>(place, pk, sk);
  return items.flatMap((item) => {
    const entry = readStoredOutbox(item);
    if (entry === null) place.onSkipped('a stored incident cannot be read and counts as new', item);
    return entry ?? [];
  });
}

/** Every incident of the scope, and its board, whole. */
export async function readWholeOutbox(place: TableAccess): Promise<OutboxEntry[]> {
  const restsOf = restsIn(place, place.keys.incident('').pk);
  const items = await readOutbox(place);
  return Promise.all(
    items.map(async (item): Promise<OutboxEntry> => {
      const entry = withoutPending(item);
      return item.rests === undefined
        ? entry
        : withLongList(entry, [...longListOf(entry), ...(await restsOf(item, entry.revision, item.rests))]);
    }),
  );
}

/** The pending message of an entry, with the receipts of those before. */
export const pendingOf = ({ pending, receipts }: OutboxItem): Pending | null =>
  pending === undefined ? null : { ...pending, ...(receipts !== undefined && { receipts }) };

/** The entry itself, as core knows it. */
function withoutPending(item: OutboxItem): OutboxEntry {
  const {
    pk: _pk,
    sk: _sk,
    pending: _pending,
    receipts: _receipts,
    rests: _rests,
    fence: _,
    ttl: _ttl,
    ...entry
  } = item;
  return entry as OutboxEntry;
}

/** What grows with the account: members of an incident, incidents that a board covers. */
const longListOf = (entry: OutboxEntry): unknown[] => (isBoard(entry) ? entry.covers : entry.members);

const withLongList = (entry: OutboxEntry, list: unknown[]): OutboxEntry =>
  ({ ...entry, [isBoard(entry) ? 'covers' : 'members']: list }) as OutboxEntry;

/**
 * Writes an incident and its pending message as one item, so that neither is ever there without the other. Doing so
 * twice changes nothing; throws when another run was faster. A message that is still owed stays when there is no newer one.
 */
export async function saveOutboxEntry(place: TableAccess, entry: OutboxUpdate, guard: Guard): Promise<void> {
  const { before, after } = entry;
  const key = place.keys.incident(after.key);
  const [first, ...rest] = divideList(longListOf(after));
  const cut = { ...entry, after: withLongList(after, first) };
  const isLong = rest.length > 0 || (before !== null && divideList(longListOf(before)).length > 1);
  const { revision } = after;
  await saveRest(place, key, { rest, revision, fence: guard.fence, ...expiryOf(after, guard) });
  // Mostly nothing is owed any more, so that the write needs no read before it; its condition tells when that is wrong.
  let stored: OutboxItem | undefined = before === null ? undefined : { ...key, ...before };
  while (!(await isWritten(place, key, outboxUpdate(stored, { ...cut, rests: rest.length }, guard)))) {
    stored = await readItem<OutboxItem>(place, key);
    if (stored?.revision === revision && stored.lastRun === after.lastRun) break;
    const isBeside = (stored?.fence ?? 0) <= guard.fence;
    if (stored?.revision !== before?.revision || !isBeside)
      throw new OvertakenError(`incident ${after.key}`, { isBeside });
  }
  if (isLong) await dropEarlierRests(place, key, revision);
}

/** False where the item is not what the update expects. */
async function isWritten(
  { documents, table }: TableAccess,
  key: ItemKey,
  update: Partial<UpdateCommandInput>,
): Promise<boolean> {
  try {
    await documents.send(new UpdateCommand({ TableName: table, Key: key, ...update }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
