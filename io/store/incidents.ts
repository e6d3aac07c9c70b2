import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Incident } from '../../core/notification/incident.ts';
import type { Message } from '../../core/notification/message.ts';
import type { Board } from '../../core/notification/situation.ts';
import type { Receipt } from '../notify/sink.ts';
import { debtorUpdate, expiryOf } from './debtor-update.ts';
import { type Guard, OvertakenError } from './fence.ts';
import type { ItemKey } from './item-key.ts';
import { type Place, readItem, readItems } from './items.ts';
import { divideList, dropEarlierRests, restsIn, saveRest } from './long-list.ts';

/** A message that is owed, and the sinks that have it already. */
export interface Pending extends Message {
  deliveredTo: string[];
  /** What sinks gave for the next message about this incident, by their names. */
  receipts?: Record<string, Receipt>;
}

/** What owes messages: an incident, or the board of summaries. */
export type Debtor = Incident | Board;

/** A debtor as it is stored. */
export type DebtorItem = Debtor &
  ItemKey & { pending?: Pending; receipts?: Record<string, Receipt>; rests?: number; fence?: number; ttl?: number };

/** What is to be written of a debtor, with the message that it owes from now on. */
export interface DebtorNews {
  before: Debtor | null;
  after: Debtor;
  message: Message | null;
}

/** Every incident of the scope, and its board, as they are stored: what is long is not whole. */
export async function readDebtors(place: Place): Promise<DebtorItem[]> {
  const { pk, sk } = place.keys.incident('');
  return readItems<DebtorItem>(place, pk, sk);
}

/** Every incident of the scope, and its board, whole. */
export async function readWholeDebtors(place: Place): Promise<Debtor[]> {
  const restsOf = restsIn(place, place.keys.incident('').pk);
  const items = await readDebtors(place);
  return Promise.all(
    items.map(async (item): Promise<Debtor> => {
      const debtor = withoutPending(item);
      return item.rests === undefined
        ? debtor
        : withLongList(debtor, [...longListOf(debtor), ...(await restsOf(item, debtor.revision, item.rests))]);
    }),
  );
}

/** The message that a debtor owes now, with the receipts of those before. */
export const pendingOf = ({ pending, receipts }: DebtorItem): Pending | null =>
  pending === undefined ? null : { ...pending, ...(receipts !== undefined && { receipts }) };

/** The debtor itself, as core knows it. */
function withoutPending(item: DebtorItem): Debtor {
  const {
    pk: _pk,
    sk: _sk,
    pending: _pending,
    receipts: _receipts,
    rests: _rests,
    fence: _,
    ttl: _ttl,
    ...debtor
  } = item;
  return debtor as Debtor;
}

/** True for the board of summaries. */
export const isBoard = (debtor: Debtor): debtor is Board => 'covers' in debtor;

/** What grows with the account: members of an incident, incidents that a board covers. */
const longListOf = (debtor: Debtor): unknown[] => (isBoard(debtor) ? debtor.covers : debtor.members);

const withLongList = (debtor: Debtor, list: unknown[]): Debtor =>
  ({ ...debtor, [isBoard(debtor) ? 'covers' : 'members']: list }) as Debtor;

/**
 * Writes an incident and the message that it owes as one item, so that neither is ever there without the other. Doing so
 * twice changes nothing; throws when another run was faster. A message that is still owed stays when there is no newer one.
 */
export async function saveDebtor(place: Place, news: DebtorNews, guard: Guard): Promise<void> {
  const { before, after } = news;
  const key = place.keys.incident(after.key);
  const [first, ...rest] = divideList(longListOf(after));
  const cut = { ...news, after: withLongList(after, first) };
  const isLong = rest.length > 0 || (before !== null && divideList(longListOf(before)).length > 1);
  const { revision } = after;
  for (;;) {
    const stored = await readItem<DebtorItem>(place, key);
    if (stored?.revision === revision && stored.lastRun === after.lastRun) break;
    if (stored?.revision !== before?.revision || (stored?.fence ?? 0) > guard.fence) {
      throw new OvertakenError(`incident ${after.key}`);
    }
    await saveRest(place, key, { rest, revision, fence: guard.fence, ...expiryOf(after, guard) });
    try {
      await place.documents.send(
        new UpdateCommand({
          TableName: place.table,
          Key: key,
          ...debtorUpdate(stored, { ...cut, rests: rest.length }, guard),
        }),
      );
      break;
    } catch (error) {
      // The notifier delivered what was owed in between: what the new message is called may depend on that.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
  if (isLong) await dropEarlierRests(place, key, revision);
}
