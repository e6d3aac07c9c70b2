import type { Duration } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { clusterAccess } from './cluster-access.ts';
import { deadLetterQueue, deadLettersAlarm } from './dead-letters.ts';
import { findingsTable } from './findings-table.ts';
import { functionRole } from './function-role.ts';
import { grantListedActions } from './granted-actions.ts';
import { messageKey } from './message-key.ts';
import { messageTopic } from './message-topic.ts';
import { allowNetworkInterfaces } from './network-interfaces.ts';
import { notifier } from './notifier.ts';
import { schedulerRole } from './scheduler-role.ts';
import { secretArn } from './secret-arn.ts';
import { type AuditedVpc, VpcAuditor } from './vpc-auditor.ts';

export interface NlbAuditorProps {
  /** What messages and logs call this deployment. */
  name: string;
  /** The VPCs of this Region; each gets an auditor of its own. */
  vpcs: AuditedVpc[];
  /** Time between two audits of a VPC. */
  every: Duration;
  /** Name of the secret that holds the URL of a Slack incoming webhook. */
  slackWebhookSecret?: string;
  /** Addresses that receive findings and alarms. */
  emails: string[];
  /** Whether registered targets are probed. */
  probe: boolean;
  /** Calls to Elastic Load Balancing per second, of all auditors together. */
  elbCallsPerSecond: number;
  /** Days for which logs, and resolved findings with their history, are kept. */
  retentionDays: { logs: number; findings: number };
}

/** Audits the Network Load Balancer targets of the EKS clusters of some VPCs, and tells people what changed. */
export class NlbAuditor extends Construct {
  readonly table: dynamodb.TableV2;
  /** Receives findings. */
  readonly topic: sns.Topic;
  /** Receives alarms about the auditor itself. */
  readonly alarmTopic: sns.Topic;
  readonly auditorRole: iam.Role;
  readonly auditors: VpcAuditor[];
  readonly notifier: NodejsFunction;

  constructor(scope: Construct, id: string, props: NlbAuditorProps) {
    super(scope, id);
    const { name, vpcs, every, slackWebhookSecret, emails, retentionDays } = props;

    const key = messageKey(this, 'MessageKey');
    this.table = findingsTable(this, 'Findings');
    this.topic = messageTopic(this, 'FindingsTopic', { key, emails });
    this.alarmTopic = messageTopic(this, 'AlarmTopic', { key, emails });
    const queue = deadLetterQueue(this, 'DeadLetters');

    this.auditorRole = functionRole(this, 'AuditorRole');
    allowNetworkInterfaces(this.auditorRole);
    grantListedActions(this.auditorRole, 'auditor', { table: this.table.tableArn });
    for (const cluster of new Set(vpcs.flatMap(({ clusters }) => clusters))) {
      clusterAccess(this, cluster, this.auditorRole);
    }

    const notifierRole = functionRole(this, 'NotifierRole');
    key.grant(notifierRole, 'kms:Decrypt', 'kms:GenerateDataKey');
    grantListedActions(notifierRole, 'notifier', {
      table: this.table.tableArn,
      topic: this.topic.topicArn,
      ...(slackWebhookSecret !== undefined && { secret: secretArn(this, slackWebhookSecret) }),
    });

    const settings = {
      name,
      table: this.table.tableName,
      topicArn: this.topic.topicArn,
      slackWebhookSecret,
      findingsRetentionDays: retentionDays.findings,
      probe: props.probe,
      // The quota belongs to the account and Region (Elastic Load Balancing API request throttling).
      elbCallsPerSecond: props.elbCallsPerSecond / vpcs.length,
    };
    const shared = {
      settings,
      logRetentionDays: retentionDays.logs,
      schedulerRole: schedulerRole(this, 'SchedulerRole'),
      deadLetters: queue,
    };
    this.auditors = vpcs.map(
      (audited) => new VpcAuditor(this, audited.vpc.node.id, { ...shared, audited, every, role: this.auditorRole }),
    );
    this.notifier = notifier(this, 'Notifier', { ...shared, table: this.table, role: notifierRole });

    const alarms = [...this.auditors.flatMap((auditor) => auditor.alarms), deadLettersAlarm(queue)];
    for (const alarm of alarms) alarm.addAlarmAction(new SnsAction(this.alarmTopic));
  }
}
