import type { AwsCall } from '../aws/service.ts';
import type { Item } from './stream-record.ts';

type BatchWrite = { PutRequest?: { Item?: Item }; DeleteRequest?: { Key?: Item } };

/** What a call may write in `table`: whole items or keys, in the order of the call; nothing for a read. */
export function writtenKeys({ action, parameters }: AwsCall, table: string): Item[] {
  if (action === 'BatchWriteItem') {
    const requests = (parameters['RequestItems'] as Record<string, BatchWrite[]> | undefined)?.[table] ?? [];
    return requests.flatMap(({ PutRequest, DeleteRequest }) => present(PutRequest?.Item ?? DeleteRequest?.Key));
  }
  if (parameters['TableName'] !== table) return [];
  if (action === 'PutItem') return present(parameters['Item']);
  return action === 'UpdateItem' || action === 'DeleteItem' ? present(parameters['Key']) : [];
}

const present = (item: unknown): Item[] => (typeof item === 'object' && item !== null ? [item as Item] : []);
