import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { OpenTable } from './table-client.ts';

/** Seconds for which a signature is remembered: longer than a request with it is admitted. */
const keptSeconds = 15 * 60;

/** Remembers the signature of a request; false when it was there before, so that the request is a replay. */
export async function isFirstRequest({ client, table }: OpenTable, signature: string, nowMs: number): Promise<boolean> {
  const Item = { pk: 'REQUESTS', sk: signature, ttl: Math.floor(nowMs / 1000) + keptSeconds };
  try {
    await DynamoDBDocumentClient.from(client).send(
      new PutCommand({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
