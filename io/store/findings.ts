import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateQuery,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { Change, Remembered } from '../../core/change.ts';
import { digest, wholeDigest } from '../../core/digest.ts';
import { type Message, messageOf } from '../../core/message.ts';
import { historyKey, type itemKeys, timeToLive } from './item-key.ts';

/** A message that is owed, and the sinks that have it already. */
export interface Pending extends Message {
  deliveredTo: string[];
}

export interface FindingsPlace {
  documents: DynamoDBDocumentClient;
  table: string;
  keys: ReturnType<typeof itemKeys>;
  retentionDays: number;
}

/** A finding as it is stored: what is remembered, and the message that it owes. */
interface FindingItem extends Remembered {
  pending?: Pending;
}

/** The findings of one scope. Transition and message are one write, so that neither is ever there without the other. */
export function findings({ documents, table: TableName, keys, retentionDays }: FindingsPlace) {
  const read = async (fingerprint: string): Promise<FindingItem | undefined> => {
    const { Item } = await documents.send(
      new GetCommand({ TableName, Key: keys.finding(fingerprint), ConsistentRead: true }),
    );
    return Item as FindingItem | undefined;
  };

  const readAll = async (filter?: string): Promise<FindingItem[]> => {
    const { pk, sk } = keys.finding('');
    const pages = paginateQuery(
      { client: documents },
      {
        TableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
        ConsistentRead: true,
        ...(filter !== undefined && { FilterExpression: filter }),
      },
    );
    const items: FindingItem[] = [];
    for await (const { Items } of pages) items.push(...((Items ?? []) as FindingItem[]));
    return items;
  };

  const updatePending = async (fingerprint: string, key: string, update: Partial<UpdateCommandInput>) => {
    await unlessOvertaken(() =>
      documents.send(
        new UpdateCommand({
          TableName,
          Key: keys.finding(fingerprint),
          ConditionExpression: 'pending.#key = :key',
          ExpressionAttributeNames: { '#key': 'key' },
          ...update,
          ExpressionAttributeValues: { ':key': key, ...update.ExpressionAttributeValues },
        }),
      ),
    );
  };

  return {
    all: async (): Promise<Remembered[]> => (await readAll()).map(remembered),
    pending: async (): Promise<Pending[]> =>
      (await readAll('attribute_exists(pending)')).flatMap(({ pending }) => pending ?? []),
    owed: async (fingerprint: string): Promise<Pending | null> => (await read(fingerprint))?.pending ?? null,

    async save(change: Change): Promise<void> {
      const { before, after, fingerprint, transition } = change;
      const stored = await read(fingerprint);
      if (stored?.revision === after.revision && stored.lastRun === after.lastRun) return;

      const message = messageOf(change);
      const expiry = timeToLive(after.changedAt, retentionDays);
      // History first: a run that is killed between the two writes repeats both, to the same keys.
      await documents.send(
        new PutCommand({
          TableName,
          Item: { ...historyKey(fingerprint, after.lastRun, transition), ...message, ttl: expiry },
        }),
      );
      const pending: Pending = { ...message, transition: owedTransition(change, stored?.pending), deliveredTo: [] };
      await documents.send(
        new PutCommand({
          TableName,
          Item: {
            ...keys.finding(fingerprint),
            ...after,
            ...digest(wholeDigest(after.diagnoses)),
            pending,
            ...(after.status === 'resolved' && { ttl: expiry }),
          },
          ...(before === null
            ? { ConditionExpression: 'attribute_not_exists(pk)' }
            : {
                ConditionExpression: 'revision = :revision',
                ExpressionAttributeValues: { ':revision': before.revision },
              }),
        }),
      );
    },

    deliveredTo: (fingerprint: string, key: string, sinks: string[]): Promise<void> =>
      updatePending(fingerprint, key, {
        UpdateExpression: 'SET pending.deliveredTo = :sinks',
        ExpressionAttributeValues: { ':sinks': sinks },
      }),
    delivered: (fingerprint: string, key: string): Promise<void> =>
      updatePending(fingerprint, key, { UpdateExpression: 'REMOVE pending' }),
  };
}

/** A finding that changed before anybody heard of it is still news. */
const owedTransition = ({ transition }: Change, unsent: Pending | undefined): Message['transition'] =>
  transition === 'changed' && unsent?.transition === 'opened' ? 'opened' : transition;

const remembered = (item: FindingItem): Remembered => ({
  fingerprint: item.fingerprint,
  status: item.status,
  episode: item.episode,
  revision: item.revision,
  openedAt: item.openedAt,
  changedAt: item.changedAt,
  resolvedAt: item.resolvedAt,
  lastRun: item.lastRun,
  targetGroupArns: item.targetGroupArns,
  diagnoses: item.diagnoses,
});

async function unlessOvertaken(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
