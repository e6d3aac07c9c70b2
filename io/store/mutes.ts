import { DeleteCommand, DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Mute } from '../../core/notification/mute.ts';
import { type ItemKey, timeToLive } from './item-key.ts';
import { readItems } from './items.ts';
import { logSkipped } from './skipped-item.ts';
import type { OpenTable } from './table-client.ts';

/** A mute without an end, or with none that is a time, mutes nothing. */
const mute = z.object({
  pattern: z.string(),
  owner: z.string().catch(''),
  reason: z.string().catch(''),
  until: z.string().refine((until) => !Number.isNaN(Date.parse(until))),
});

/** All mutes are in one partition, for every scope of the table. */
const pk = 'MUTES';

/** Every mute that was not removed, also those that have ended and that DynamoDB has not deleted yet. */
export async function listMutes({ client, table, onSkipped = logSkipped }: OpenTable): Promise<Mute[]> {
  const place = { documents: DynamoDBDocumentClient.from(client), table };
  const items = await readItems<ItemKey>(place, pk);
  return items.flatMap((item) => {
    const { data } = mute.safeParse(item);
    if (data === undefined) onSkipped('a stored mute cannot be read and mutes nothing', item);
    return data ?? [];
  });
}

/** Mutes a pattern, in the place of an earlier mute of the same pattern. */
export async function putMute({ client, table }: OpenTable, given: Mute): Promise<void> {
  const Item = { pk, sk: given.pattern, ...given, ttl: timeToLive(given.until, 1) };
  await DynamoDBDocumentClient.from(client).send(new PutCommand({ TableName: table, Item }));
}

/** Ends the mute of a pattern; false when there was none. */
export async function removeMute({ client, table }: OpenTable, pattern: string): Promise<boolean> {
  const { Attributes } = await DynamoDBDocumentClient.from(client).send(
    new DeleteCommand({ TableName: table, Key: { pk, sk: pattern }, ReturnValues: 'ALL_OLD' }),
  );
  return Attributes !== undefined;
}
