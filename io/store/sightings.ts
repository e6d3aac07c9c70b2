import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Sightings } from '../../core/lifecycle/sightings.ts';
import { isUnfenced, OvertakenError } from './fence.ts';
import { readItems, type TableAccess } from './items.ts';
import { divideList, dropEarlierRests, restsIn, saveRest } from './long-list.ts';

const others = z.array(z.tuple([z.string(), z.string()]));
const itemSchema = z.object({ at: z.string(), others, fence: z.int(), rests: z.int().default(0) });

/** When the open findings were last seen; `null` before the first run with one, and for an item that cannot be understood. */
export async function readSightings(place: TableAccess): Promise<Sightings | null> {
  const key = place.keys.sightings;
  // A query and no GetItem: whoever may read findings may read when they were seen.
  const [stored] = await readItems(place, key.pk, key.sk);
  const { data: item } = itemSchema.safeParse(stored);
  if (item === undefined) {
    if (stored !== undefined) place.onSkipped('when findings were last seen cannot be read', key);
    return null;
  }
  const rest = item.rests === 0 ? [] : await restsIn(place, key.pk)(key, item.fence, item.rests);
  return { at: item.at, others: [...item.others, ...(others.safeParse(rest).data ?? [])] };
}

/** Writes them in the place of those before; throws when a later run has written. */
export async function saveSightings(place: TableAccess, { at, others: all }: Sightings, fence: number): Promise<void> {
  const { documents, table, keys } = place;
  const [first, ...rest] = divideList(all);
  await saveRest(place, keys.sightings, { rest, revision: fence, fence });
  try {
    const { Attributes } = await documents.send(
      new PutCommand({
        TableName: table,
        Item: { ...keys.sightings, at, others: first, fence, ...(rest.length > 0 && { rests: rest.length }) },
        ConditionExpression: isUnfenced,
        ExpressionAttributeValues: { ':fence': fence },
        ReturnValues: 'ALL_OLD',
      }),
    );
    if (rest.length > 0 || Attributes?.['rests'] !== undefined) await dropEarlierRests(place, keys.sightings, fence);
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    throw new OvertakenError('when findings were last seen', { cause: error });
  }
}
