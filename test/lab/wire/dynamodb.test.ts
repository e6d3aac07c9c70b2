import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { describe, expect } from 'vitest';
import type { Lab } from '../../../lab/lab.ts';
import { clientOf, test } from './lab-fixture.ts';

const TableName = 'eks-nlb-auditor';
const Key = { pk: { S: 'a' }, sk: { S: '1' } };

function streamOf(lab: Lab): DynamoDBStreamEvent[] {
  const events: DynamoDBStreamEvent[] = [];
  lab.onStream((event) => events.push(event as DynamoDBStreamEvent));
  return events;
}

describe('DynamoDB of the lab', () => {
  test('has the table of the product, under the name that is asked for', async ({ start }) => {
    const db = new DynamoDBClient(clientOf(await start({}, { table: 'findings' })));
    const { Table } = await db.send(new DescribeTableCommand({ TableName: 'findings' }));
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    });
  });

  test('streams inserts, changes and removals in order, and no write that changes nothing', async ({ start }) => {
    const lab = await start();
    const db = new DynamoDBClient(clientOf(lab));
    const events = streamOf(lab);
    await db.send(new PutItemCommand({ TableName, Item: { ...Key, n: { N: '1' } } }));
    await db.send(new PutItemCommand({ TableName, Item: { ...Key, n: { N: '1' } } }));
    const add = { UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } } };
    await db.send(new UpdateItemCommand({ TableName, Key, ...add }));
    await db.send(new DeleteItemCommand({ TableName, Key }));

    const records = events.flatMap(({ Records }) => Records);
    expect(records.map(({ eventName, dynamodb }) => [eventName, dynamodb?.NewImage?.['n']?.N])).toEqual([
      ['INSERT', '1'],
      ['MODIFY', '2'],
      ['REMOVE', undefined],
    ]);
    expect(records[0]).toMatchObject({
      eventSource: 'aws:dynamodb',
      eventSourceARN: expect.stringMatching(
        /^arn:aws:dynamodb:eu-west-1:111122223333:table\/eks-nlb-auditor\/stream\//,
      ),
      dynamodb: { Keys: Key, StreamViewType: 'NEW_IMAGE' },
    });
    const numbers = records.map(({ dynamodb }) => BigInt(dynamodb?.SequenceNumber ?? 0));
    expect(numbers).toEqual(numbers.toSorted((a, b) => (a < b ? -1 : 1)));
  });

  test('streams a batch as one event', async ({ start }) => {
    const lab = await start();
    const events = streamOf(lab);
    const puts = ['1', '2'].map((sk) => ({ PutRequest: { Item: { pk: { S: 'a' }, sk: { S: sk } } } }));
    await new DynamoDBClient(clientOf(lab)).send(new BatchWriteItemCommand({ RequestItems: { [TableName]: puts } }));
    expect(events.map(({ Records }) => Records.map(({ dynamodb }) => dynamodb?.Keys?.['sk']?.S))).toEqual([['1', '2']]);
  });

  test('refuses what the table cannot hold, in the words of DynamoDB', async ({ start }) => {
    const lab = await start();
    const db = new DynamoDBClient(clientOf(lab));
    const events = streamOf(lab);
    for (const Item of [{ pk: { S: 'a' } }, { pk: { S: '' }, sk: { S: 'b' } }, { pk: { N: '1' }, sk: { S: 'b' } }]) {
      const put = db.send(new PutItemCommand({ TableName, Item }));
      await expect(put).rejects.toMatchObject({ name: 'ValidationException' });
    }
    const elsewhere = db.send(new PutItemCommand({ TableName: 'gone', Item: Key }));
    await expect(elsewhere).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect(events).toEqual([]);
  });

  test('lets one of many racing writers win, and gives the losers the item that stood in the way', async ({
    start,
  }) => {
    const lab = await start();
    const db = new DynamoDBClient(clientOf(lab));
    const events = streamOf(lab);
    const claim = (owner: string) =>
      db.send(
        new PutItemCommand({
          TableName,
          Item: { ...Key, owner: { S: owner } },
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
    const attempts = await Promise.allSettled(['a', 'b', 'c', 'd', 'e'].map(claim));
    const { Item } = await db.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    const losers = attempts.filter((attempt) => attempt.status === 'rejected');
    expect(losers).toHaveLength(4);
    for (const { reason } of losers) expect(reason).toMatchObject({ name: 'ConditionalCheckFailedException', Item });
    expect(events).toHaveLength(1);
  });
});
