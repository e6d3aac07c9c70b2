import { Tags, Token } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { parseOptions, secretsOf } from '../config/config.ts';
import type { NlbAuditorOptions } from '../config/options.ts';
import type { OptionalRead } from '../config/permissions.ts';
import { acknowledgeWildcard } from './access/acknowledge-wildcard.ts';
import { allowKey } from './access/allow-key.ts';
import { accessPolicyArns, clusterAccess } from './access/cluster-access.ts';
import { flowLogArns } from './access/flow-log-arns.ts';
import { functionRole } from './access/function-role.ts';
import { grantListedActions } from './access/granted-actions.ts';
import { allowNetworkInterfaces } from './access/network-interfaces.ts';
import { notifierRole as makeNotifierRole } from './access/notifier-role.ts';
import { schedulerRole } from './access/scheduler-role.ts';
import { secretArn } from './access/secret-arn.ts';
import { type AuditedVpc, clusterNameOf } from './audited-vpc.ts';
import { checkVpcs } from './check-vpcs.ts';
import { eventBus } from './event-bus.ts';
import { findingsTable } from './findings-table.ts';
import { messageKey } from './message-key.ts';
import { messageTopic } from './message-topic.ts';
import { dashboard } from './monitoring/dashboard.ts';
import { deadLetterQueue, deadLettersAlarm } from './monitoring/dead-letters.ts';
import { notifierAlarms } from './monitoring/notifier-alarms.ts';
import { notifier } from './notifier.ts';
import { reconciler, reconcilerAlarm } from './reconciler.ts';
import { allReports, plansBucket, reportsBucket } from './reports-bucket.ts';
import { slackButtons } from './slack-buttons.ts';
import { interval, timetable } from './timetable.ts';
import { Triggers } from './triggers/triggers.ts';
import { VpcAuditor, type VpcAuditorProps } from './vpc-auditor.ts';

/** The fields of `auditor.config.json` that do not say where to deploy, and the VPCs. */
export interface NlbAuditorProps extends NlbAuditorOptions {
  /** The VPCs of this Region; each gets its own auditor, and the first one reports what none of them covers. */
  readonly vpcs: readonly AuditedVpc[];
}

/** What is read beyond the minimum. */
const readsOf = (options: Record<OptionalRead, string>): OptionalRead[] =>
  (['metrics', 'changes', 'flowLogs'] as const).filter((read) => options[read] !== 'off');

/** Audits the Network Load Balancer targets of the EKS clusters of some VPCs, and notifies people of what changed. */
export class NlbAuditor extends Construct implements ec2.IConnectable {
  /** What the auditor remembers. */
  readonly table: dynamodb.TableV2;
  /** Keeps the report of every run, as HTML and JSON. */
  readonly reports: s3.Bucket;
  /** Receives findings. */
  readonly topic: sns.Topic;
  /** Receives events of findings. */
  readonly eventBus: events.EventBus;
  /** Receives alarms about the auditor itself. */
  readonly alarmTopic: sns.Topic;
  /** Encrypts both topics. */
  readonly messageKey: kms.Key;
  /** Principal of the access entries of EKS clusters. */
  readonly auditorRole: iam.Role;
  /** The auditor of each VPC, in their order. */
  readonly auditors: VpcAuditor[];
  /** The auditors of all VPCs as one side of connections. */
  readonly connections: ec2.Connections;
  /** The function that sends messages. */
  readonly notifier: NodejsFunction;
  /** Where Slack is to send what people press, if there are buttons. */
  readonly buttonsUrl?: string;
  /** Only where the auditor is to grant its own access. */
  readonly reconciler?: NodejsFunction;
  /** Only where something starts audits between runs. */
  readonly triggers?: Triggers;

  /** Throws a UserError that names every wrong field and its remedy. */
  constructor(scope: Construct, id: string, props: NlbAuditorProps) {
    super(scope, id);
    const { vpcs, ...given } = props;
    const source = `NlbAuditor ${this.node.path}`;
    checkVpcs(vpcs, source);
    const options = parseOptions(given, source);
    const { name, notify, retentionDays, organizationId, budgetUsdPerMonth } = options;
    const { slackWebhookSecret, emails, centralTopic, centralBusArn, routes, teamLabel, buttons } = notify;
    const channels = Object.entries(notify.channels).map(([channel, to]) => ({ name: channel, to }));

    this.messageKey = messageKey(this, 'MessageKey', organizationId);
    this.table = findingsTable(this, 'Findings');
    this.reports = reportsBucket(this, 'Reports', retentionDays.reports);
    this.topic = messageTopic(this, 'FindingsTopic', { key: this.messageKey, emails, organizationId });
    this.eventBus = eventBus(this, 'EventBus', organizationId);
    this.alarmTopic = messageTopic(this, 'AlarmTopic', { key: this.messageKey, emails, forAlarms: true });
    const queue = deadLetterQueue(this, 'DeadLetters');

    this.auditorRole = functionRole(this, 'AuditorRole');
    const notifierRole = makeNotifierRole(this, 'NotifierRole');
    const reports = allReports(this.reports, this.auditorRole, notifierRole);
    allowNetworkInterfaces(this.auditorRole);
    grantListedActions(this.auditorRole, 'auditor', {
      table: this.table.tableArn,
      reports,
      ...flowLogArns(this.auditorRole, options.flowLogs === 'off' ? [] : options.flowLogSources),
      reads: readsOf(options),
    });
    const policyArns = accessPolicyArns(this, options.kubernetesAccess);
    const clusterNames = new Set(vpcs.flatMap(({ clusters = [] }) => clusters.map(clusterNameOf)));
    for (const [place, clusterName] of [...clusterNames].entries()) {
      // The name of a cluster that is yet to be made is no name for a construct.
      const id = Token.isUnresolved(clusterName) ? String(place) : clusterName;
      clusterAccess(this, id, { clusterName, role: this.auditorRole, policyArns });
    }

    this.messageKey.grant(notifierRole, 'kms:Decrypt', 'kms:GenerateDataKey');
    const topicArn = centralTopic?.topicArn ?? this.topic.topicArn;
    const eventBusArn = centralBusArn ?? this.eventBus.eventBusArn;
    grantListedActions(notifierRole, 'notifier', {
      table: this.table.tableArn,
      topic: topicArn,
      bus: [eventBusArn, ...channels.flatMap(({ to }) => (to.type === 'eventbridge' ? [to.busArn] : []))],
      reports,
      secret: secretsOf({ slackWebhookSecret, channels: Object.values(notify.channels) }).map((need) =>
        secretArn(this, need.name),
      ),
    });
    if (centralTopic !== undefined) allowKey(notifierRole, centralTopic.keyArn);

    const settings = {
      name,
      table: this.table.tableName,
      topicArn,
      eventBusArn,
      slackWebhookSecret,
      ...(routes.some(({ match }) => match.teams !== undefined) && { teamLabel }),
      lifeCycle: options.lifeCycle,
      noise: options.noise,
      reportBucket: this.reports.bucketName,
      findingsRetentionDays: retentionDays.findings,
      probe: options.probe,
      metrics: options.metrics,
      changes: options.changes,
      flowLogs: options.flowLogs,
      checks: options.checks,
      mutes: options.mutes,
      // The quota belongs to the account and Region (Elastic Load Balancing API request throttling).
      elbCallsPerSecond: options.elbCallsPerSecond / vpcs.length,
    };
    const shared = {
      name,
      settings,
      logRetentionDays: retentionDays.logs,
      schedulerRole: schedulerRole(this, 'SchedulerRole'),
      deadLetters: queue,
    };
    const distributed =
      options.scale === 'function' ? undefined : this.distribution({ ...settings, scale: options.scale });
    const every = interval(options.schedule);
    this.auditors = vpcs.map(
      (audited, place) =>
        new VpcAuditor(this, audited.vpc.node.id, {
          ...shared,
          ...distributed,
          ...(place === 0 && { coveredVpcIds: vpcs.map(({ vpc }) => vpc.vpcId) }),
          audited,
          every,
          schedule: timetable(every, { place, of: vpcs.length }),
          role: this.auditorRole,
          ...options.auditor,
          reads: readsOf(options),
          ...(budgetUsdPerMonth !== undefined && { budgetUsdPerMonth: budgetUsdPerMonth / vpcs.length }),
        }),
    );
    this.connections = new ec2.Connections({ securityGroups: this.auditors.map((each) => each.securityGroup) });
    this.notifier = notifier(this, 'Notifier', {
      ...shared,
      settings: { ...settings, channels, routes, buttons, accountName: notify.accountName },
      table: this.table,
      role: notifierRole,
    });
    if (buttons !== undefined) {
      this.buttonsUrl = slackButtons(this, 'SlackButtons', {
        ...shared,
        ...buttons,
        table: this.table,
        auditors: this.auditors,
      }).url;
    }
    if (options.triggers.length > 0) {
      const { triggers } = options;
      this.triggers = new Triggers(this, 'Triggers', {
        ...shared,
        triggers,
        table: this.table,
        auditors: this.auditors,
      });
    }
    if (options.grantOwnAccess) {
      const vpcIds = vpcs.map(({ vpc }) => vpc.vpcId);
      this.reconciler = reconciler(this, 'Reconciler', {
        ...shared,
        auditorRole: this.auditorRole,
        policyArns,
        vpcIds,
      });
    }

    const alarms = [
      ...this.auditors.flatMap((auditor) => auditor.alarms),
      ...notifierAlarms(this.notifier, name),
      ...(this.reconciler === undefined ? [] : [reconcilerAlarm(this.reconciler)]),
      ...(this.triggers?.alarms ?? []),
      deadLettersAlarm(queue),
    ];
    for (const alarm of alarms) alarm.addAlarmAction(new SnsAction(this.alarmTopic));
    if (options.dashboard) dashboard(this, 'Dashboard', { auditors: this.auditors, notifier: this.notifier, alarms });
    for (const [key, value] of Object.entries({ app: name, ...options.tags })) {
      // Not every Region's CloudFormation knows tags of dashboards yet, nor does cfn-lint.
      Tags.of(this).add(key, value, { excludeResourceTypes: ['AWS::CloudWatch::Dashboard'] });
    }
  }

  /** Lets a principal read findings, history and mutes from the table. */
  grantReadFindings(grantee: iam.IGrantable): iam.Grant {
    return this.table.grantReadData(grantee);
  }

  /** Lets a principal read the reports of runs. */
  grantReadReports(grantee: iam.IGrantable): iam.Grant {
    return this.reports.grantRead(grantee);
  }

  /** Lets a principal start audits, as `audit --via-lambda` does. */
  grantInvoke(grantee: iam.IGrantable): void {
    for (const auditor of this.auditors) auditor.function.grantInvoke(grantee);
  }

  /** Lets a principal subscribe to findings. */
  grantSubscribe(grantee: iam.IGrantable): iam.Grant {
    return this.topic.grantSubscribe(grantee);
  }

  /** What every auditor needs where many functions may share a run. */
  private distribution(settings: Record<string, unknown>): Pick<VpcAuditorProps, 'settings' | 'distributed'> {
    const plans = plansBucket(this, 'Plans');
    const all = plans.arnForObjects('*');
    const surveyorRole = functionRole(this, 'SurveyorRole');
    grantListedActions(surveyorRole, 'surveyor', { table: this.table.tableArn, plans: all });
    grantListedActions(this.auditorRole, 'parts', { plans: all });
    for (const role of [surveyorRole, this.auditorRole]) {
      acknowledgeWildcard(role, all, 'The bucket holds the plans of runs and nothing else.');
    }
    return { settings: { ...settings, planBucket: plans.bucketName }, distributed: { surveyorRole, plans } };
  }
}
