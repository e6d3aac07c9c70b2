import { Duration } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Schedule, type ScheduleExpression, ScheduleTargetInput, TimeWindow } from 'aws-cdk-lib/aws-scheduler';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';

/** An event that could not be delivered for so long is stale: the next one says the same. */
const maxEventAge = Duration.minutes(5);

export interface ExecutionScheduleProps {
  schedule: ScheduleExpression;
  input: Record<string, unknown>;
  role: iam.Role;
  deadLetters: sqs.IQueue;
}

/** Starts a state machine again and again, at most a minute late; what could not be started goes to the dead letters. */
export function scheduleExecutions(machine: sfn.StateMachine, props: ExecutionScheduleProps): void {
  const { schedule, input, role, deadLetters } = props;
  new Schedule(machine, 'Schedule', {
    schedule,
    timeWindow: TimeWindow.flexible(Duration.minutes(1)),
    target: new StepFunctionsStartExecution(machine, {
      input: ScheduleTargetInput.fromObject(input),
      role,
      retryAttempts: 1,
      maxEventAge,
      deadLetterQueue: deadLetters,
    }),
  });
}
