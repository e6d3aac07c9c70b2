import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { ContextAttribute } from 'aws-cdk-lib/aws-scheduler';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { bundledFunction } from './bundled-function.ts';
import { scheduleInvocations } from './invocation-schedule.ts';

/** A VPC that gets an auditor, and what the auditor may reach in it. */
export interface AuditedVpc {
  vpc: ec2.IVpc;
  /** Where the auditor runs: subnets with a way to the AWS APIs. */
  subnets: ec2.SubnetSelection;
  /** Names of the clusters whose Kubernetes API it may read. */
  clusters: string[];
  /** Cluster security groups that are to admit it on port 443. */
  clusterSecurityGroupIds: string[];
}

export interface VpcAuditorProps {
  audited: AuditedVpc;
  every: Duration;
  role: iam.Role;
  logRetentionDays: number;
  schedulerRole: iam.Role;
  deadLetters: sqs.IQueue;
  /** What AUDITOR_SETTINGS holds beside the place in the network. */
  settings: Record<string, unknown>;
}

/** The auditor of one VPC: a function inside it, started by a schedule. */
export class VpcAuditor extends Construct {
  readonly function: NodejsFunction;
  readonly securityGroup: ec2.SecurityGroup;
  /** Ring when a run fails, and when no run begins for three intervals. */
  readonly alarms: cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, props: VpcAuditorProps) {
    super(scope, id);
    const { audited, every, role, logRetentionDays, schedulerRole, deadLetters, settings } = props;
    const { vpc, subnets } = audited;

    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Source of the calls and probes of eks-nlb-auditor',
      allowAllOutbound: true,
    });
    this.function = bundledFunction(this, 'Function', {
      entry: 'auditor',
      description: `Names the cause of unhealthy targets of Network Load Balancers in ${vpc.vpcId}`,
      vpc,
      vpcSubnets: subnets,
      securityGroups: [this.securityGroup],
      role,
      logRetentionDays,
      memoryMb: 1024,
      timeout: Duration.minutes(5),
      settings: {
        ...settings,
        vpcId: vpc.vpcId,
        subnetIds: vpc.selectSubnets(subnets).subnetIds,
        securityGroupIds: [this.securityGroup.securityGroupId],
      },
    });
    scheduleInvocations(this.function, {
      every,
      input: { time: ContextAttribute.scheduledTime },
      role: schedulerRole,
      deadLetters,
    });
    for (const groupId of audited.clusterSecurityGroupIds) this.admitTo(groupId);
    this.alarms = [this.failedAlarm(), this.silentAlarm(every)];
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

  private failedAlarm(): cloudwatch.Alarm {
    return this.function.metricErrors({ period: Duration.minutes(5) }).createAlarm(this, 'Failed', {
      alarmDescription: 'A run of the auditor failed or ran out of time: read its log.',
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }

  private silentAlarm(every: Duration): cloudwatch.Alarm {
    return this.function.metricInvocations({ period: every }).createAlarm(this, 'Silent', {
      alarmDescription: 'The auditor was not started for three intervals: look at its schedule.',
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 3,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    });
  }
}
