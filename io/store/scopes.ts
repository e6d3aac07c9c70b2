import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ItemKey } from './item-key.ts';
import { readItems } from './items.ts';

/** Every scope that some auditor has written to this table, by name. */
export async function scopesIn(client: DynamoDBClient, table: string): Promise<string[]> {
  const place = { documents: DynamoDBDocumentClient.from(client), table };
  return (await readItems<ItemKey>(place, 'SCOPES')).map(({ sk }) => sk);
}
