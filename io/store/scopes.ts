import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';

/** Every scope that some auditor has written to this table, by name. */
export async function scopesIn(client: DynamoDBClient, table: string): Promise<string[]> {
  const pages = paginateQuery(
    { client: DynamoDBDocumentClient.from(client) },
    { TableName: table, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': 'SCOPES' } },
  );
  const scopes: string[] = [];
  for await (const { Items } of pages) scopes.push(...(Items ?? []).map(({ sk }) => String(sk)));
  return scopes;
}
