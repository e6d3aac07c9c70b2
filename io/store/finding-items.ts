import { type DynamoDBDocumentClient, GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { Remembered } from '../../core/change.ts';
import type { Message } from '../../core/message.ts';
import type { itemKeys } from './item-key.ts';

/** A message that is owed, and the sinks that have it already. */
export interface Pending extends Message {
  deliveredTo: string[];
}

/** A finding as it is stored: what is remembered, and the message that it owes. */
export interface FindingItem extends Remembered {
  pending?: Pending;
}

/** Where the findings of one scope are. */
export interface FindingsPlace {
  documents: DynamoDBDocumentClient;
  table: string;
  keys: ReturnType<typeof itemKeys>;
}

/** One finding as it is now. */
export async function readFinding(place: FindingsPlace, fingerprint: string): Promise<FindingItem | undefined> {
  const { documents, table, keys } = place;
  const { Item } = await documents.send(
    new GetCommand({ TableName: table, Key: keys.finding(fingerprint), ConsistentRead: true }),
  );
  return Item as FindingItem | undefined;
}

/** All findings, or those for which `filter`, an expression of DynamoDB, is true. */
export async function readFindings({ documents, table, keys }: FindingsPlace, filter?: string): Promise<FindingItem[]> {
  const { pk, sk } = keys.finding('');
  const pages = paginateQuery(
    { client: documents },
    {
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
      ConsistentRead: true,
      ...(filter !== undefined && { FilterExpression: filter }),
    },
  );
  const items: FindingItem[] = [];
  for await (const { Items } of pages) items.push(...((Items ?? []) as FindingItem[]));
  return items;
}

/** What is remembered, without keys and message. */
export const remembered = (item: FindingItem): Remembered => ({
  fingerprint: item.fingerprint,
  status: item.status,
  episode: item.episode,
  revision: item.revision,
  openedAt: item.openedAt,
  changedAt: item.changedAt,
  resolvedAt: item.resolvedAt,
  lastRun: item.lastRun,
  targetGroupArns: item.targetGroupArns,
  diagnoses: item.diagnoses,
});
