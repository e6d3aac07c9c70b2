import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { OvertakenError } from './fence.ts';
import type { ItemKey } from './item-key.ts';

export interface LeasePlace {
  documents: DynamoDBDocumentClient;
  table: string;
  key: ItemKey;
}

export interface Lease {
  owner: string;
  /** Grows with every acquisition. */
  fence: number;
  /** Epoch milliseconds. */
  until: number;
}

/** Takes the lease until the given epoch milliseconds, or again if `owner` has it; `null` while another owner has it. */
export async function acquireLease(place: LeasePlace, owner: string, until: number): Promise<Lease | null> {
  const { documents, table, key } = place;
  try {
    const { Attributes } = await documents.send(
      new UpdateCommand({
        TableName: table,
        Key: key,
        UpdateExpression: 'SET #owner = :owner, #until = :until ADD fence :one',
        ConditionExpression: 'attribute_not_exists(pk) OR #until < :now OR #owner = :owner',
        ExpressionAttributeNames: { '#owner': 'owner', '#until': 'until' },
        ExpressionAttributeValues: { ':owner': owner, ':until': until, ':now': Date.now(), ':one': 1 },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return { owner, until, fence: Number(Attributes?.['fence']) };
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return null;
    throw error;
  }
}

/**
 * What a run beside the one with the lease writes by: the fence of that one, so that neither shuts the other out and each write is
 * decided by what was read. `null` before the first run of all.
 */
export async function fenceBeside(place: LeasePlace, owner: string, until: number): Promise<Lease | null> {
  const { documents, table, key } = place;
  const { Item } = await documents.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }));
  return Item === undefined ? null : { owner, until, fence: Number(Item['fence']) };
}

/** Gives the lease back; nothing happens when another owner has taken it since. */
export async function releaseLease({ documents, table, key }: LeasePlace, { owner, fence }: Lease): Promise<void> {
  try {
    await documents.send(
      new UpdateCommand({
        TableName: table,
        Key: key,
        UpdateExpression: 'SET #until = :past',
        ConditionExpression: '#owner = :owner AND fence = :fence',
        ExpressionAttributeNames: { '#owner': 'owner', '#until': 'until' },
        ExpressionAttributeValues: { ':past': 0, ':owner': owner, ':fence': fence },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

/**
 * Throws where the lease has run out and another run has taken it since: a run that was stalled for so long leaves everything alone.
 * Fences alone would let it write what the other run did not touch.
 */
export async function assertHeld({ documents, table, key }: LeasePlace, { fence, until }: Lease): Promise<void> {
  if (Date.now() <= until) return;
  const { Item } = await documents.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }));
  if (Item?.['fence'] !== fence) throw new OvertakenError('memory, whose lease has run out,');
}
