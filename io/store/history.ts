import { setTimeout as pause } from 'node:timers/promises';
import { BatchWriteCommand, DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Change } from '../../core/model/finding.ts';
import { type Message, messageOf } from '../../core/notification/message.ts';
import type { Guard } from './fence.ts';
import { historyKey, type ItemKey, timeToLive } from './item-key.ts';
import { readItems, type TableAccess } from './items.ts';
import { readStoredHistory, storedHistory } from './shapes/stored-history.ts';
import { logSkipped } from './skipped-item.ts';
import type { OpenTable } from './table-client.ts';

/**
 * Everything that became of one finding, the oldest first, as it was reported then. A line that cannot be read is skipped and
 * reported.
 */
export async function readHistory(
  { client, table, onSkipped = logSkipped }: OpenTable,
  fingerprint: string,
): Promise<Message[]> {
  const place = { documents: DynamoDBDocumentClient.from(client), table };
  const items = await readItems<ItemKey>(place, historyKey(fingerprint, '', '').pk);
  return items.flatMap((item) => {
    const line = readStoredHistory(item);
    if (line === null) onSkipped('a line of history cannot be read and is not shown', item);
    return line ?? [];
  });
}

/** Puts that DynamoDB takes in one request (API reference, "BatchWriteItem"). */
export const mostPuts = 25;

/** Milliseconds before what DynamoDB was too busy for is sent again, each time. */
const patience = [50, 100, 200, 400, 800];

/**
 * Writes the lines of history of at most 25 changes, under keys that are the same in every repeat of the run. What is only noted
 * has none.
 */
export async function saveHistory({ documents, table }: TableAccess, changes: Change[], { retentionDays }: Guard) {
  const items = changes
    .filter(({ transition }) => transition !== 'noted')
    .map((change) => ({
      ...historyKey(change.fingerprint, change.after.lastRun, change.transition),
      ...storedHistory(messageOf(change)),
      ttl: timeToLive(change.after.changedAt, retentionDays),
    }));
  if (items.length === 1) {
    await documents.send(new PutCommand({ TableName: table, Item: items[0] }));
    return;
  }
  let left = items.map((Item) => ({ PutRequest: { Item } }));
  for (const waitMs of [0, ...patience]) {
    if (left.length === 0) return;
    await pause(waitMs);
    const { UnprocessedItems } = await documents.send(new BatchWriteCommand({ RequestItems: { [table]: left } }));
    left = (UnprocessedItems?.[table] ?? []) as typeof left;
  }
  if (left.length > 0) throw new Error(`${left.length} lines of history were not written: DynamoDB is too busy`);
}
