import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Receipt } from '../notify/sink.ts';
import type { TableAccess } from './items.ts';

/** Which message is meant: the key of the incident that owes it, and its own. */
export interface MessageKey {
  incident: string;
  key: string;
}

/** Of sinks, by their names. */
type Receipts = Record<string, Receipt>;

/** Notes which sinks have the message; nothing happens when a newer one has taken its place. */
export const markDelivered = (
  place: TableAccess,
  message: MessageKey,
  { sinks, receipts }: { sinks: string[]; receipts: Receipts },
): Promise<void> =>
  updatePending(place, message, {
    UpdateExpression: 'SET pending.deliveredTo = :sinks, receipts = :receipts',
    ExpressionAttributeValues: { ':sinks': sinks, ':receipts': receipts },
  });

/** Removes the message and keeps the receipts; nothing happens when a newer one has taken its place. */
export const removePending = (place: TableAccess, message: MessageKey, receipts: Receipts): Promise<void> =>
  updatePending(place, message, {
    UpdateExpression: 'SET receipts = :receipts REMOVE pending',
    ExpressionAttributeValues: { ':receipts': receipts },
  });

async function updatePending(
  { documents, table, keys }: TableAccess,
  { incident, key }: MessageKey,
  update: Partial<UpdateCommandInput>,
): Promise<void> {
  const command = new UpdateCommand({
    TableName: table,
    Key: keys.incident(incident),
    ConditionExpression: 'pending.#key = :key',
    ExpressionAttributeNames: { '#key': 'key' },
    ...update,
    ExpressionAttributeValues: { ':key': key, ...update.ExpressionAttributeValues },
  });
  try {
    await documents.send(command);
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
