import { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { NlbAuditorOptions } from '../../config/options.ts';
import { functionRole } from '../access/function-role.ts';
import { grantListedActions } from '../access/granted-actions.ts';
import { bundledFunction } from '../bundled-function.ts';
import { alarm } from '../monitoring/alarm.ts';
import type { VpcAuditor } from '../vpc-auditor.ts';
import { changeRule } from './change-rule.ts';
import { unhealthyAlarm } from './unhealthy-alarm.ts';

export interface TriggersProps {
  name: string;
  /** At least one. */
  triggers: NonNullable<NlbAuditorOptions['triggers']>;
  table: dynamodb.TableV2;
  auditors: VpcAuditor[];
  deadLetters: sqs.IQueue;
  logRetentionDays: number;
}

/** Of the function; longer than its calls take that a table, Elastic Load Balancing or Lambda leave unanswered. */
const timeout = Duration.seconds(40);

/** After so long an event that has to wait comes again; Lambda wants at least the time-out of the function. */
const visibility = Duration.seconds(45);

/** An event that waited so long is stale: a scheduled run has seen what it is about. */
const retention = Duration.hours(1);

/** An event waits for its minute once or twice; one that comes so often meets a fault. */
const mostReceives = 5;

/** Audits of single target groups between two runs: rules put events into a queue, and a function starts the auditors. */
export class Triggers extends Construct {
  /** The function that starts audits. */
  readonly function: NodejsFunction;
  readonly alarms: cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, props: TriggersProps) {
    super(scope, id);
    const { name, triggers, table, auditors, deadLetters, logRetentionDays } = props;
    const queue = new sqs.Queue(this, 'Queue', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: visibility,
      retentionPeriod: retention,
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: mostReceives },
    });
    const target = new SqsQueue(queue, { deadLetterQueue: deadLetters, maxEventAge: Duration.minutes(5) });
    if (triggers.includes('alarms')) {
      new events.Rule(this, 'UnhealthyRule', {
        description: 'Target groups that become unhealthy, or well again',
        eventPattern: {
          source: ['aws.cloudwatch'],
          detailType: ['CloudWatch Alarm Contributor State Change'],
          resources: [unhealthyAlarm(this, 'Unhealthy').alarmArn],
        },
        targets: [target],
      });
    }

    if (triggers.includes('changes')) changeRule(this, 'ChangeRule', target);

    const role = functionRole(this, 'Role');
    if (triggers.includes('changes')) grantListedActions(role, 'changes', { table: table.tableArn });
    grantListedActions(role, 'trigger', {
      table: table.tableArn,
      auditor: auditors.map((auditor) => auditor.function.functionArn),
    });
    this.function = bundledFunction(this, 'Function', {
      entry: 'trigger',
      description: 'Starts audits of single target groups when an event says that something happened to them',
      role,
      logRetentionDays,
      memoryMb: 512,
      timeout,
      settings: {
        name,
        table: table.tableName,
        auditors: Object.fromEntries(auditors.map(({ vpcId, function: { functionName } }) => [vpcId, functionName])),
      },
    });
    this.function.addEventSource(
      new SqsEventSource(queue, {
        // What comes together is one audit.
        batchSize: 100,
        maxBatchingWindow: Duration.seconds(5),
        maxConcurrency: 2,
        reportBatchItemFailures: true,
      }),
    );
    this.alarms = [
      alarm(this, 'Failed', {
        metric: this.function.metricErrors({ period: Duration.minutes(5) }),
        says: 'Events could not start an audit: read the log of the trigger; scheduled runs go on.',
      }),
    ];
  }
}
