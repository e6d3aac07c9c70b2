import { Duration } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { bundledFunction } from './bundled-function.ts';
import { scheduleInvocations } from './invocation-schedule.ts';
import { deadLetterDestination } from './monitoring/dead-letter-destination.ts';

/**
 * An item that owes a message, in the attribute `pending`. `exists` matches leaves only (Lambda developer guide, "Using
 * the Exists operator"), so the filter asks for a text inside.
 */
const owesMessage = {
  dynamodb: { NewImage: { pending: { M: { key: { S: lambda.FilterRule.exists() } } } } },
};

export interface NotifierProps {
  table: dynamodb.TableV2;
  role: iam.Role;
  logRetentionDays: number;
  schedulerRole: iam.Role;
  deadLetters: sqs.IQueue;
  settings: Record<string, unknown>;
}

/**
 * Delivers the messages that findings owe: as they are written, and every 15 minutes what is left over. It runs
 * outside every VPC, because isolated subnets cannot reach Slack.
 */
export function notifier(scope: Construct, id: string, props: NotifierProps): NodejsFunction {
  const { table, role, logRetentionDays, schedulerRole, deadLetters, settings } = props;
  const notify = bundledFunction(scope, id, {
    entry: 'notifier',
    description: 'Tells people what changed',
    role,
    logRetentionDays,
    memoryMb: 512,
    timeout: Duration.minutes(2),
    settings,
  });
  notify.addEventSource(
    // The class admits undefined where the interface does not (exactOptionalPropertyTypes).
    new DynamoEventSource(table as dynamodb.ITable, {
      startingPosition: lambda.StartingPosition.TRIM_HORIZON,
      filters: [lambda.FilterCriteria.filter(owesMessage)],
      batchSize: 10,
      retryAttempts: 5,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      onFailure: deadLetterDestination(deadLetters).forEventSource,
    }),
  );
  scheduleInvocations(notify, {
    schedule: ScheduleExpression.rate(Duration.minutes(15)),
    input: { sweep: true },
    role: schedulerRole,
    deadLetters,
  });
  return notify;
}
