import dynalite from 'dynalite';
import { jsonProtocol } from '../aws/json-protocol.ts';
import type { AwsAnswer, AwsRequest, Service } from '../aws/service.ts';
import { ServiceError } from '../aws/service-error.ts';
import { listen } from '../listen.ts';
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

const protocol = jsonProtocol('1.0');

/**
 * Starts dynalite in memory behind the endpoint and creates `table` with the string keys `pk` and `sk`. Adds what
 * dynalite lacks: the table's stream, and the item in a refused write that asks for it.
 */
export async function openDynamoDb(options: DynamoDbOptions): Promise<DynamoDb> {
  const engine = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const { port, close } = await listen(engine);
  let writes: Promise<unknown> = Promise.resolve();

  async function forward(request: Pick<AwsRequest, 'headers' | 'body'>): Promise<AwsAnswer> {
    const names = ['content-type', 'x-amz-target', 'authorization', 'x-amz-date'] as const;
    const headers = Object.fromEntries(names.map((name) => [name, String(request.headers[name] ?? '')]));
    const response = await fetch(`http://127.0.0.1:${port}`, {
      method: 'POST',
      headers,
      body: request.body.toString(),
    });
    const type = response.headers.get('content-type') ?? '';
    return { status: response.status, headers: { 'content-type': type }, body: await response.text() };
  }

  async function ask(action: string, parameters: object): Promise<Record<string, unknown>> {
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${action}`,
      authorization: 'AWS4-HMAC-SHA256 Credential=lab, SignedHeaders=host, Signature=lab',
      'x-amz-date': '20260101T000000Z',
    };
    const { status, body } = await forward({ headers, body: Buffer.from(JSON.stringify(parameters)) });
    if (status !== 200) throw new Error(`The embedded DynamoDB refused ${action}: ${body.toString()}`);
    return JSON.parse(body.toString()) as Record<string, unknown>;
  }

  const read = async (key: Item): Promise<Item | undefined> =>
    (await ask('GetItem', { TableName: options.table, Key: key, ConsistentRead: true }))['Item'] as Item | undefined;
  const readAll = (keys: Item[]) => Promise.all(keys.map(read));

  async function write(request: AwsRequest, parameters: Record<string, unknown>, keys: Item[]): Promise<AwsAnswer> {
    const before = await readAll(keys);
    const answer = await forward(request);
    if (answer.status !== 200) return withRefusedItem(answer, parameters, before[0]);
    const after = await readAll(keys);
    const records = keys.flatMap((key, index) =>
      streamRecord({ key, before: before[index], after: after[index], ...options }),
    );
    if (records.length > 0) options.onRecords(records);
    return answer;
  }

  await ask('CreateTable', tableDefinition(options.table));
  return {
    service: {
      protocol,
      denied: (sentence) => new ServiceError('AccessDeniedException', sentence),
      throttled: () => new ServiceError('ThrottlingException', 'Rate exceeded'),
      answer(call, request) {
        const keys = writtenKeys(call, options.table).map(keyOf);
        if (keys.length === 0) return forward(request);
        // One write at a time, so that the images before and after belong to this write.
        const written = writes.then(() => write(request, call.parameters, keys));
        writes = written.catch(() => undefined);
        return written;
      },
    },
    close,
  };
}

/** Adds the present item to a refused conditional write with `ReturnValuesOnConditionCheckFailure: ALL_OLD`. */
function withRefusedItem(answer: AwsAnswer, parameters: Record<string, unknown>, item: Item | undefined): AwsAnswer {
  const error = JSON.parse(answer.body.toString()) as Record<string, unknown>;
  const refused = String(error['__type']).endsWith('#ConditionalCheckFailedException');
  const asked = parameters['ReturnValuesOnConditionCheckFailure'] === 'ALL_OLD';
  if (!refused || !asked || item === undefined) return answer;
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
