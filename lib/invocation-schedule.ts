import { Duration } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Schedule, type ScheduleExpression, ScheduleTargetInput, TimeWindow } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { acknowledgeWildcard } from './access/acknowledge-wildcard.ts';
import { deadLetterDestination } from './monitoring/dead-letter-destination.ts';

/** An event that could not be delivered for so long is stale: the next one says the same. */
const maxEventAge = Duration.minutes(5);

export interface InvocationScheduleProps {
  schedule: ScheduleExpression;
  input: Record<string, unknown>;
  role: iam.Role;
  deadLetters: sqs.IQueue;
}

/** Invokes a function again and again, at most a minute late; what fails twice or is older than 5 minutes goes to the dead letters. */
export function scheduleInvocations(invoked: lambda.Function, props: InvocationScheduleProps): void {
  const { schedule, input, role, deadLetters } = props;
  new Schedule(invoked, 'Schedule', {
    schedule,
    timeWindow: TimeWindow.flexible(Duration.minutes(1)),
    target: new LambdaInvoke(invoked, {
      input: ScheduleTargetInput.fromObject(input),
      role,
      retryAttempts: 1,
      maxEventAge,
      deadLetterQueue: deadLetters,
    }),
  });
  const onFailure = deadLetterDestination(deadLetters).forInvocations;
  invoked.configureAsyncInvoke({ retryAttempts: 1, maxEventAge, onFailure });
  acknowledgeWildcard(role, `${invoked.functionArn}:*`, 'The wildcard covers the versions of this one function.');
}
