import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBStreamEvent } from 'aws-lambda';

export interface StreamReader {
  /** Every record since the last call, as Lambda's event source mapping hands them to a function. */
  take(): Promise<DynamoDBStreamEvent>;
  close(): void;
}

/** Reads the stream of a table from its beginning. */
export async function readStream(endpoint: string, table: string): Promise<StreamReader> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new DynamoDBStreamsClient({ endpoint, region: 'eu-west-1', credentials });
  const { Streams } = await client.send(new ListStreamsCommand({ TableName: table }));
  const StreamArn = Streams?.[0]?.StreamArn ?? '';
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }));
  const iterators = await Promise.all(
    (StreamDescription?.Shards ?? []).map(async ({ ShardId }) => {
      const asked = new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' });
      return (await client.send(asked)).ShardIterator;
    }),
  );

  async function takeFrom(index: number): Promise<object[]> {
    const taken: object[] = [];
    for (;;) {
      // The next place is only known from the one before.
      const answer = await client.send(new GetRecordsCommand({ ShardIterator: iterators[index] }));
      iterators[index] = answer.NextShardIterator;
      const { Records = [] } = answer;
      if (Records.length === 0) return taken;
      taken.push(
        ...Records.map((record) => ({ ...record, eventSourceARN: StreamArn, dynamodb: plain(record.dynamodb) })),
      );
    }
  }

  return {
    async take() {
      const taken = await Promise.all(iterators.map((_, index) => takeFrom(index)));
      return { Records: taken.flat() };
    },
    close: () => client.destroy(),
  };
}

/** Lambda passes records on as JSON, with the time in seconds. */
const plain = (stream: { ApproximateCreationDateTime?: Date | undefined } = {}): object => ({
  ...stream,
  ApproximateCreationDateTime: (stream.ApproximateCreationDateTime?.getTime() ?? 0) / 1000,
});
