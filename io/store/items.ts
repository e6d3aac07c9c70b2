import { type DynamoDBDocumentClient, GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { InvalidAnswer } from '../aws/read-error.ts';
import type { ItemKey, itemKeys } from './item-key.ts';
import type { OnSkipped } from './skipped-item.ts';

/** Where the items of one scope are. */
export interface TableAccess {
  documents: DynamoDBDocumentClient;
  table: string;
  keys: ReturnType<typeof itemKeys>;
  onSkipped: OnSkipped;
}

/** What reading a partition takes. */
type Partition = Pick<TableAccess, 'documents' | 'table'>;

/** One item as it is now. */
export async function readItem<Item>({ documents, table }: TableAccess, key: ItemKey): Promise<Item | undefined> {
  const { Item } = await documents.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }));
  return Item as Item | undefined;
}

/** All items of a partition, or those whose sort key begins with `prefix`, in the order of their sort keys. */
export async function readItems<Item>(place: Partition, pk: string, prefix?: string): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of readPages<Item>(place, pk, prefix)) items.push(...page);
  return items;
}

/** The same, as many at a time as DynamoDB answers at once: up to 1 MB. */
export async function* readPages<Item>(
  { documents, table }: Partition,
  pk: string,
  prefix?: string,
): AsyncIterable<Item[]> {
  const pages = paginateQuery(
    { client: documents },
    {
      TableName: table,
      KeyConditionExpression: prefix === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': pk, ...(prefix !== undefined && { ':prefix': prefix }) },
      ConsistentRead: true,
    },
  );
  let last = '';
  for await (const { Items, LastEvaluatedKey: next } of pages) {
    if (Items === undefined) throw new InvalidAnswer('DynamoDB answered a query without items');
    yield Items as Item[];
    if (next === undefined) continue;
    if (!isFurther(next, { pk, last, items: Items as ItemKey[] })) {
      throw new InvalidAnswer('DynamoDB names a next page that does not come after this one');
    }
    last = next['sk'];
  }
}

/** A query without a filter stops at the last item of its page, whose sort key comes after all before (API reference, "Query"). */
const isFurther = (
  next: Record<string, unknown>,
  { pk, last, items }: { pk: string; last: string; items: ItemKey[] },
): next is { sk: string } & Record<string, unknown> =>
  next['pk'] === pk &&
  typeof next['sk'] === 'string' &&
  next['sk'] === items.at(-1)?.sk &&
  Buffer.compare(Buffer.from(next['sk']), Buffer.from(last)) > 0;
