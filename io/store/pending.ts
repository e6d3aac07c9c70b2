import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { FindingsPlace } from './finding-items.ts';

/** Which message of which finding is meant. */
export interface MessageKey {
  fingerprint: string;
  key: string;
}

/** Notes which sinks have the message; nothing happens when a newer one has taken its place. */
export const noteSinks = (place: FindingsPlace, message: MessageKey, sinks: string[]): Promise<void> =>
  updatePending(place, message, {
    UpdateExpression: 'SET pending.deliveredTo = :sinks',
    ExpressionAttributeValues: { ':sinks': sinks },
  });

/** Removes the message; nothing happens when a newer one has taken its place. */
export const removePending = (place: FindingsPlace, message: MessageKey): Promise<void> =>
  updatePending(place, message, { UpdateExpression: 'REMOVE pending' });

async function updatePending(
  { documents, table, keys }: FindingsPlace,
  { fingerprint, key }: MessageKey,
  update: Partial<UpdateCommandInput>,
): Promise<void> {
  const command = new UpdateCommand({
    TableName: table,
    Key: keys.finding(fingerprint),
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
