import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Message } from '../../core/notification/message.ts';
import { historyKey } from './item-key.ts';
import { readItems } from './items.ts';

/** Everything that became of one finding, the oldest first, as it was told then. */
export async function readHistory(client: DynamoDBClient, table: string, fingerprint: string): Promise<Message[]> {
  const place = { documents: DynamoDBDocumentClient.from(client), table };
  const items = await readItems<Message & { pk: string; sk: string; ttl: number }>(
    place,
    historyKey(fingerprint, '', '').pk,
  );
  return items.map(({ pk: _pk, sk: _sk, ttl: _ttl, ...message }) => message);
}
