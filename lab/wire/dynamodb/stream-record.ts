import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';

/** An item in DynamoDB's JSON: `{ pk: { S: '…' } }`. */
export type Item = Record<string, unknown>;

/** One record of a Lambda `DynamoDBStreamEvent` with view type NEW_IMAGE. */
export interface StreamRecord {
  eventID: string;
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  eventVersion: string;
  eventSource: 'aws:dynamodb';
  awsRegion: string;
  eventSourceARN: string;
  dynamodb: {
    ApproximateCreationDateTime: number;
    Keys: Item;
    NewImage?: Item;
    SequenceNumber: string;
    SizeBytes: number;
    StreamViewType: 'NEW_IMAGE';
  };
}

interface Write {
  key: Item;
  before: Item | undefined;
  after: Item | undefined;
  table: string;
  region: string;
  account: string;
}

let sequence = 100_000_000_000_000_000_000n;

/** The record of a write; none when it changed nothing, as in DynamoDB. */
export function streamRecord({ key, before, after, table, region, account }: Write): StreamRecord[] {
  if (isDeepStrictEqual(before, after)) return [];
  sequence += 1n;
  const image = after === undefined ? {} : { NewImage: after };
  return [
    {
      eventID: randomUUID().replaceAll('-', ''),
      eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: region,
      eventSourceARN: `arn:aws:dynamodb:${region}:${account}:table/${table}/stream/2026-01-01T00:00:00.000`,
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(Date.now() / 1000),
        Keys: key,
        ...image,
        SequenceNumber: String(sequence),
        SizeBytes: Buffer.byteLength(JSON.stringify({ ...key, ...after })),
        StreamViewType: 'NEW_IMAGE',
      },
    },
  ];
}

/** The primary key of an item of the product's table. */
export const keyOf = ({ pk, sk }: Item): Item => ({ pk, sk });
