import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  type StreamSpecification,
} from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';

export interface FindingsTable extends AsyncDisposable {
  client: DynamoDBClient;
  table: string;
  /** Another client of the same DynamoDB, that tries each request once. */
  connect(): DynamoDBClient;
  /** Every item, by `pk sk`. */
  items(): Promise<Record<string, Record<string, unknown>>>;
  remove(pk: string, sk: string): Promise<void>;
}

/** An empty table in an embedded DynamoDB. */
export async function findingsTable(): Promise<FindingsTable> {
  const server = dynalite({ createTableMs: 0 });
  // An idle connection stays open on a machine that is busy for longer than the 5 s of Node.js.
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const findings = await findingsTableAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return {
    ...findings,
    async [Symbol.asyncDispose]() {
      await findings[Symbol.asyncDispose]();
      server.close();
      await once(server, 'close');
    },
  };
}

/** An empty table, with the stream that the stack gives it if it is asked for, in the DynamoDB that listens there. */
export async function findingsTableAt(
  endpoint: string,
  { table = 'findings', stream }: { table?: string; stream?: StreamSpecification } = {},
): Promise<FindingsTable> {
  const connect = () =>
    new DynamoDBClient({
      endpoint,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    });
  const client = connect();
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      ...(stream && { StreamSpecification: stream }),
    }),
  );
  const status = async () => (await client.send(new DescribeTableCommand({ TableName: table }))).Table?.TableStatus;
  while ((await status()) !== 'ACTIVE');
  const documents = DynamoDBDocumentClient.from(client);
  return {
    client,
    table,
    connect,
    async items() {
      const all: Record<string, Record<string, unknown>> = {};
      for await (const { Items = [] } of paginateScan({ client: documents }, { TableName: table }))
        for (const item of Items) all[`${item['pk']} ${item['sk']}`] = item;
      return all;
    },
    async remove(pk, sk) {
      await documents.send(new DeleteCommand({ TableName: table, Key: { pk, sk } }));
    },
    async [Symbol.asyncDispose]() {
      await client.send(new DeleteTableCommand({ TableName: table }));
      client.destroy();
    },
  };
}
