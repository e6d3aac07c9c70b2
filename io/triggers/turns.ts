import { ConditionalCheckFailedException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';

/** All turns are in one partition, for every scope of the table. */
const pk = 'TRIGGERS';

/** Milliseconds for which no other audit of a target group is started. */
export const turnMs = 60_000;

/** Milliseconds after which DynamoDB may forget a turn: longer than an event waits in the queue. */
const keptMs = 2 * 3_600_000;

/** Taken, or who came before began at that moment (epoch milliseconds); 0 where it has not begun yet. */
export type Turn = { isTaken: true } | { isTaken: false; startedAt: number };

/** Who may start an audit of a target group: one in a minute. */
export interface Turns {
  /** Takes the turn of a target group, unless somebody has it, or has begun an audit since `due` (epoch milliseconds). */
  take(targetGroupArn: string, due: number, now: number): Promise<Turn>;
  /** Says that the audit of the turn that was taken then has begun: without it the next one may begin another. */
  begin(targetGroupArn: string, now: number): Promise<void>;
}

/** Opens the turns that are kept in this table. */
export function openTurns({ client, table: TableName }: { client: DynamoDBClient; table: string }): Turns {
  const documents = DynamoDBDocumentClient.from(client);
  const ExpressionAttributeNames = { '#until': 'until' };
  return {
    async take(sk, due, now) {
      const command = new UpdateCommand({
        TableName,
        Key: { pk, sk },
        UpdateExpression: 'SET #until = :until, #ttl = :ttl',
        ConditionExpression:
          '(attribute_not_exists(#until) OR #until <= :now) AND (attribute_not_exists(startedAt) OR startedAt < :due)',
        ExpressionAttributeNames: { ...ExpressionAttributeNames, '#ttl': 'ttl' },
        ExpressionAttributeValues: {
          ':until': now + turnMs,
          ':ttl': Math.ceil((now + keptMs) / 1000),
          ':now': now,
          ':due': due,
        },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      try {
        await documents.send(command);
        return { isTaken: true };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        return { isTaken: false, startedAt: numberIn(error.Item?.['startedAt']) };
      }
    },
    async begin(sk, now) {
      await documents.send(
        new UpdateCommand({
          TableName,
          Key: { pk, sk },
          UpdateExpression: 'SET startedAt = :now',
          ExpressionAttributeValues: { ':now': now },
        }),
      );
    },
  };
}

/** The document client leaves the item of an error as DynamoDB writes it. */
const numberIn = (value: { N?: string } | number | undefined): number =>
  typeof value === 'number' ? value : Number(value?.N ?? 0);
