import { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { ContextAttribute, type ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { bundledFunction } from './bundled-function.ts';
import { scheduleExecutions } from './execution-schedule.ts';
import { alarm } from './monitoring/alarm.ts';
import { runMachine } from './run-machine.ts';

export interface DistributedRunProps {
  /** Audits alone, and every part. */
  auditor: NodejsFunction;
  surveyorRole: iam.Role;
  plans: s3.Bucket;
  schedule: ScheduleExpression;
  /** By which the schedule starts executions. */
  role: iam.Role;
  deadLetters: sqs.IQueue;
  logRetentionDays: number;
  /** What AUDITOR_SETTINGS of the auditor holds. */
  settings: Record<string, unknown>;
}

/** Runs of one VPC that many functions share: a surveyor that mostly waits, and the state machine that starts the others. */
export class DistributedRun extends Construct {
  readonly surveyor: NodejsFunction;
  readonly machine: sfn.StateMachine;
  readonly alarms: cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, props: DistributedRunProps) {
    super(scope, id);
    const { auditor, plans, logRetentionDays, schedule, role, deadLetters } = props;
    // Outside of every VPC: it calls nothing but AWS, and reaches that without a NAT gateway.
    this.surveyor = bundledFunction(this, 'Surveyor', {
      entry: 'auditor',
      description: 'Reads target groups within the API budget and divides the clusters among functions',
      role: props.surveyorRole,
      logRetentionDays,
      memoryMb: 512,
      timeout: Duration.minutes(15),
      settings: props.settings,
    });
    this.machine = runMachine(this, 'Machine', { surveyor: this.surveyor, auditor, plans, logRetentionDays });
    scheduleExecutions(this.machine, {
      schedule,
      input: { time: ContextAttribute.scheduledTime },
      role,
      deadLetters,
    });
    const period = Duration.minutes(5);
    this.alarms = [
      alarm(this, 'Broken', {
        metric: this.machine.metricFailed({ period }),
        says: 'A run that many functions share failed: open its execution in Step Functions, which names the stage, and read the log of that function.',
      }),
      alarm(this, 'Late', {
        metric: this.machine.metricTimedOut({ period }),
        says: 'A run that many functions share took more than its time: raise elbCallsPerSecond, or audit fewer VPCs in this Region.',
      }),
    ];
  }
}
