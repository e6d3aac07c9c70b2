import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { ContextAttribute, type ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { dailyMilliseconds } from '../config/config.ts';
import type { OptionalRead } from '../config/permissions.ts';
import type { AuditedVpc } from './audited-vpc.ts';
import { bundledFunction } from './bundled-function.ts';
import { DistributedRun, type DistributedRunProps } from './distributed-run.ts';
import { scheduleInvocations } from './invocation-schedule.ts';
import { alarm } from './monitoring/alarm.ts';
import { auditorMetric } from './monitoring/auditor-metric.ts';
import { longestRunMinutes } from './run-machine.ts';
import { vpcEndpoints } from './vpc-endpoints.ts';

export interface VpcAuditorProps {
  /** Name of the deployment. */
  name: string;
  audited: AuditedVpc;
  /** VPCs of the Region that have an auditor: the one that is told reports clusters and load balancers elsewhere. */
  coveredVpcIds?: string[];
  every: Duration;
  schedule: ScheduleExpression;
  role: iam.Role;
  logRetentionDays: number;
  memoryMb: number;
  timeoutMinutes: number;
  /** Its share of what the Lambda time may cost. */
  budgetUsdPerMonth?: number;
  schedulerRole: iam.Role;
  deadLetters: sqs.IQueue;
  /** What AUDITOR_SETTINGS holds beside the place in the network. */
  settings: Record<string, unknown>;
  /** What is read beyond the minimum. */
  reads: OptionalRead[];
  /** Where many functions may share a run. */
  distributed?: Pick<DistributedRunProps, 'surveyorRole' | 'plans'>;
}

/** The auditor of one VPC: a function inside it, started by a schedule. */
export class VpcAuditor extends Construct implements ec2.IConnectable {
  /** The function that audits. */
  readonly function: NodejsFunction;
  /** Source of its calls and probes. */
  readonly securityGroup: ec2.SecurityGroup;
  /** Opens paths for its calls and probes: `nodes.connections.allowFrom(auditor, ec2.Port.allTcp())`. */
  readonly connections: ec2.Connections;
  /** The VPC that it is in. */
  readonly vpcId: string;
  /** On its errors, throttles, duration and incomplete runs. */
  readonly alarms: cloudwatch.Alarm[];
  /** Only where many functions may share a run. */
  readonly distributed?: DistributedRun;
  private readonly deployment: string;

  constructor(scope: Construct, id: string, props: VpcAuditorProps) {
    super(scope, id);
    const { name, audited, every, schedule, role, logRetentionDays, schedulerRole, deadLetters } = props;
    const { vpc, subnets = { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }, ipv6 = false, endpoints } = audited;
    const timeout = Duration.minutes(props.timeoutMinutes);
    this.deployment = name;
    this.vpcId = vpc.vpcId;

    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Source of the calls and probes of eks-nlb-auditor',
      allowAllOutbound: true,
      allowAllIpv6Outbound: ipv6,
    });
    this.connections = new ec2.Connections({ securityGroups: [this.securityGroup] });
    const settings = {
      ...props.settings,
      vpcId: vpc.vpcId,
      coveredVpcIds: props.coveredVpcIds,
      subnetIds: vpc.selectSubnets(subnets).subnetIds,
      securityGroupIds: [this.securityGroup.securityGroupId],
    };
    this.function = bundledFunction(this, 'Function', {
      entry: 'auditor',
      description: `Names the cause of unhealthy targets of Network Load Balancers in ${vpc.vpcId}`,
      vpc,
      vpcSubnets: subnets,
      securityGroups: [this.securityGroup],
      ...(ipv6 && { ipv6AllowedForDualStack: true }),
      role,
      logRetentionDays,
      memoryMb: props.memoryMb,
      timeout,
      settings,
    });
    const started = { schedule, role: schedulerRole, deadLetters };
    if (props.distributed === undefined) {
      scheduleInvocations(this.function, { ...started, input: { time: ContextAttribute.scheduledTime } });
    } else {
      this.distributed = new DistributedRun(this, 'Distributed', {
        ...props.distributed,
        ...started,
        auditor: this.function,
        logRetentionDays,
        settings,
      });
    }
    for (const groupId of audited.clusterSecurityGroupIds ?? []) this.admitTo(groupId);
    if (endpoints) vpcEndpoints(this, { vpc, subnets, from: this.securityGroup, reads: props.reads, ...endpoints });
    this.alarms = [
      ...this.runAlarms(every, timeout),
      ...(this.distributed?.alarms ?? []),
      ...(props.coveredVpcIds === undefined ? [] : [this.uncoveredAlarm(every)]),
      ...(props.budgetUsdPerMonth === undefined ? [] : [this.costlyAlarm(props.budgetUsdPerMonth, props.memoryMb)]),
    ];
  }

  /** A metric that this auditor writes, by name (docs/operations.md): its sum of five minutes, unless the options say more. */
  metric(metricName: string, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    const period = options.period ?? Duration.minutes(5);
    return auditorMetric(this, { metricName, name: this.deployment, vpcId: this.vpcId, period }).with(options);
  }

  /** Causes of unhealthy targets that a run found. */
  metricUnhealthy(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('Unhealthy', options);
  }

  /** Runs that were completed. */
  metricRunCompleted(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('RunCompleted', options);
  }

  /** Runs that could not read everything, or not keep their report. */
  metricRunIncomplete(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('RunIncomplete', options);
  }

  /** The cluster security group admits only its own members by default (Amazon EKS user guide, "Security group requirements"). */
  private admitTo(groupId: string): void {
    new ec2.CfnSecurityGroupIngress(this, `KubernetesApi-${groupId}`, {
      groupId,
      sourceSecurityGroupId: this.securityGroup.securityGroupId,
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      description: 'eks-nlb-auditor reads the Kubernetes API',
    });
  }

  private runAlarms(every: Duration, timeout: Duration): cloudwatch.Alarm[] {
    const period = Duration.minutes(5);
    return [
      alarm(this, 'Failed', {
        metric: this.function.metricErrors({ period }),
        says: 'A run of the auditor failed or ran out of time: read its log.',
      }),
      alarm(this, 'Throttled', {
        metric: this.function.metricThrottles({ period }),
        says: 'Lambda refused to start the auditor: raise the concurrency limit of the account.',
      }),
      alarm(this, 'Slow', {
        metric: this.function.metricDuration({ period, statistic: cloudwatch.Stats.MAXIMUM }),
        threshold: timeout.toMilliseconds() * 0.8,
        says: 'A run took more than 80 % of its time: raise auditor.timeoutMinutes, or audit less often.',
      }),
      alarm(this, 'Incomplete', {
        metric: this.metric('RunIncomplete', { period: every }),
        periods: 3,
        says: 'Three runs in a row could not read everything, or not keep their report: invoke the auditor with {"doctor": true}, which says what to grant.',
      }),
      this.silentAlarm(every),
    ];
  }

  private uncoveredAlarm(every: Duration): cloudwatch.Alarm {
    return alarm(this, 'Uncovered', {
      metric: this.metric('Uncovered', { period: every }),
      says: 'Clusters or load balancers are in VPCs that have no auditor: the log names them; add their VPCs to the configuration.',
    });
  }

  private costlyAlarm(budgetUsdPerMonth: number, memoryMb: number): cloudwatch.Alarm {
    return alarm(this, 'Costly', {
      metric: this.function.metricDuration({ period: Duration.days(1), statistic: cloudwatch.Stats.SUM }),
      threshold: dailyMilliseconds(budgetUsdPerMonth, memoryMb),
      says: 'The runs of a day cost more than their share of budgetUsdPerMonth: audit less often, or raise it.',
    });
  }

  private silentAlarm(every: Duration): cloudwatch.Alarm {
    // While a long run goes on the next ones are left out.
    const periods =
      this.distributed === undefined ? 3 : Math.max(3, Math.ceil(longestRunMinutes / every.toMinutes()) + 1);
    return this.metric('RunCompleted', { period: every }).createAlarm(this, 'Silent', {
      alarmDescription: `No run was completed for ${periods === 3 ? 'three' : periods} intervals: look at the schedule and the log of the auditor.`,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: periods,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    });
  }
}
