import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { isUnfenced, OvertakenError } from './fence.ts';
import type { ItemKey } from './item-key.ts';
import { readItems, type TableAccess } from './items.ts';
import { tryAll } from './try-all.ts';

/** Which write of an item a list belongs to. */
export interface Writing {
  revision: number;
  /** Of the lease of the run. */
  fence: number;
  /** Epoch seconds at which the item expires, where it does. */
  ttl?: number;
}

interface RestItem extends ItemKey {
  entries: unknown[];
}

/** Bytes of JSON of a list that one item holds; the rest is in items of its own, so that none reaches 400 KB. */
const mostBytes = 90_000;

/** A list in pieces that fit an item each; the first one stays with what it belongs to. */
export function divideList<Entry>(entries: Entry[]): [Entry[], ...Entry[][]] {
  if (entries.length <= 1) return [entries];
  const pieces: [Entry[], ...Entry[][]] = [[]];
  let [current, bytes] = [pieces[0], 0];
  for (const entry of entries) {
    const size = Buffer.byteLength(JSON.stringify(entry));
    if (bytes + size > mostBytes && current.length > 0) {
      [current, bytes] = [[], 0];
      pieces.push(current);
    }
    current.push(entry);
    bytes += size;
  }
  return pieces;
}

/**
 * Writes what does not fit the item with that key, before the item itself: under keys of the new revision, so that a run that is
 * killed in between changes nothing that is read, and its repeat writes the same keys.
 */
export async function saveRest(
  { documents, table }: TableAccess,
  owner: ItemKey,
  { rest, revision, fence, ttl }: Writing & { rest: unknown[][] },
): Promise<void> {
  const write = async (entries: unknown[], index: number): Promise<void> => {
    const Item = { ...restKey(owner, revision, index), entries, fence, ...(ttl !== undefined && { ttl }) };
    const condition = { ConditionExpression: isUnfenced, ExpressionAttributeValues: { ':fence': fence } };
    try {
      await documents.send(new PutCommand({ TableName: table, Item, ...condition }));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      throw new OvertakenError(`a part of ${owner.sk}`, { cause: error });
    }
  };
  await tryAll(rest.map(write));
}

/** Deletes what an item needed elsewhere in earlier revisions, once it is written in this one. A later run may have written a later one. */
export async function dropEarlierRests(place: TableAccess, owner: ItemKey, revision: number): Promise<void> {
  const { documents, table } = place;
  const all = await readItems<RestItem>(place, owner.pk, restOf(owner.sk));
  const earlier = all.filter(({ sk }) => Number.parseInt(sk.slice(restOf(owner.sk).length), 10) < revision);
  await tryAll(
    earlier.map(async ({ pk, sk }) => {
      await documents.send(new DeleteCommand({ TableName: table, Key: { pk, sk } }));
    }),
  );
}

/** What an item has in so many items elsewhere, written with that revision. */
export type RestsOf = (key: ItemKey, revision: number, rests: number) => Promise<unknown[]>;

/** Looks up what items of a partition have elsewhere; asks the table once, at the first question. */
export function restsIn(place: TableAccess, pk: string): RestsOf {
  let reading: Promise<Map<string, RestItem>> | undefined;
  const read = async () =>
    new Map((await readItems<RestItem>(place, pk, 'REST#')).map((item): [string, RestItem] => [item.sk, item]));
  return async (key, revision, rests) => {
    reading ??= read();
    const known = await reading;
    return Array.from({ length: rests }, (_, index) => restKey(key, revision, index)).flatMap(
      ({ sk }) => known.get(sk)?.entries ?? [],
    );
  };
}

const restOf = (sk: string): string => `REST#${sk}#`;

const restKey = ({ pk, sk }: ItemKey, revision: number, index: number): ItemKey => ({
  pk,
  sk: `${restOf(sk)}${revision}#${index}`,
});
