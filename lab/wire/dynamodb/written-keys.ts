import type { AwsCall } from '../aws/service.ts';
import type { Item } from './stream-record.ts';

type BatchWrite = { PutRequest?: { Item: Item }; DeleteRequest?: { Key: Item } };

/** What a call may write in `table`: whole items or keys, in the order of the call; nothing for a read. */
export function writtenKeys({ action, parameters }: AwsCall, table: string): Item[] {
  if (action === 'BatchWriteItem') {
    const requests = (parameters['RequestItems'] as Record<string, BatchWrite[]> | undefined)?.[table] ?? [];
    return requests.flatMap(({ PutRequest, DeleteRequest }): Item[] => {
      const item = PutRequest?.Item ?? DeleteRequest?.Key;
      return item === undefined ? [] : [item];
    });
  }
  if (parameters['TableName'] !== table) return [];
  if (action === 'PutItem') return [parameters['Item'] as Item];
  return action === 'UpdateItem' || action === 'DeleteItem' ? [parameters['Key'] as Item] : [];
}
