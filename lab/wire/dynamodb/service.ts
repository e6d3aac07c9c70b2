import { jsonProtocol } from '../aws/json-protocol.ts';
import type { Service } from '../aws/service.ts';
import { ServiceError } from '../aws/service-error.ts';
import type { HttpAnswer, HttpRequest } from '../request-listener.ts';
import { startEngine } from './engine.ts';
import { type Item, keyOf, type StreamRecord, streamRecord } from './stream-record.ts';
import { writtenKeys } from './written-keys.ts';

/** An embedded DynamoDB with the product's table in it. */
export interface DynamoDb {
  service: Service;
  close(): Promise<void>;
}

interface DynamoDbOptions {
  table: string;
  region: string;
  account: string;
  /** Called after each write that changed something, before the writer has its answer. */
  onRecords(records: StreamRecord[]): void;
}

/**
 * Starts a DynamoDB and creates `table` with the string keys `pk` and `sk`. Adds what dynalite lacks: the table's
 * stream, and the item in a refused write that asks for it.
 */
export async function openDynamoDb(options: DynamoDbOptions): Promise<DynamoDb> {
  const engine = await startEngine();
  const created = await engine.ask('CreateTable', tableDefinition(options.table));
  if (created.status !== 200) throw new Error(`The table ${options.table} cannot be created: ${created.body}`);
  let writes: Promise<unknown> = Promise.resolve();

  /** Nothing as well for a key that the table cannot have; the write itself will say so. */
  async function read(key: Item): Promise<Item | undefined> {
    const { body } = await engine.ask('GetItem', { TableName: options.table, Key: key, ConsistentRead: true });
    return JSON.parse(body).Item;
  }

  async function write(request: HttpRequest, parameters: Record<string, unknown>, keys: Item[]): Promise<HttpAnswer> {
    const before = await Promise.all(keys.map(read));
    const answer = await engine.forward(request);
    if (answer.status !== 200) return withRefusedItem(answer, parameters, before[0]);
    const after = await Promise.all(keys.map(read));
    const records = keys.flatMap((key, index) =>
      streamRecord({ key, before: before[index], after: after[index], ...options }),
    );
    if (records.length > 0) options.onRecords(records);
    return answer;
  }

  return {
    service: {
      protocol: jsonProtocol('1.0'),
      denied: (sentence) => new ServiceError('AccessDeniedException', sentence),
      throttled: () => new ServiceError('ThrottlingException', 'Rate exceeded'),
      answer(call, request) {
        if (call.action === 'DescribeTable') return engine.forward(request).then(describedTable);
        const keys = writtenKeys(call, options.table).map(keyOf);
        if (keys.length === 0) return engine.forward(request);
        // One write at a time, so that the images before and after belong to this write.
        const written = writes.then(() => write(request, call.parameters, keys));
        writes = written.catch(() => undefined);
        return written;
      },
    },
    close: engine.close,
  };
}

/** Without the member that dynalite adds and the API does not have. */
function describedTable(answer: HttpAnswer): HttpAnswer {
  if (answer.status !== 200) return answer;
  const { TableThroughputModeSummary: _, ...Table } = JSON.parse(answer.body).Table;
  return { ...answer, body: JSON.stringify({ Table }) };
}

/** Adds the present item to a refused conditional write with `ReturnValuesOnConditionCheckFailure: ALL_OLD`. */
function withRefusedItem(answer: HttpAnswer, parameters: Record<string, unknown>, item: Item | undefined): HttpAnswer {
  const error = JSON.parse(answer.body) as Record<string, unknown>;
  const refused = String(error['__type']).endsWith('#ConditionalCheckFailedException');
  const wantsOld = parameters['ReturnValuesOnConditionCheckFailure'] === 'ALL_OLD';
  if (!refused || !wantsOld || item === undefined) return answer;
  return { ...answer, body: JSON.stringify({ ...error, Item: item }) };
}

const tableDefinition = (TableName: string): object => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
});
