import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { parseConfig, type VpcConfig } from '../config/config.ts';
import type { NlbAuditorConfig } from '../config/options.ts';
import { acknowledge } from './access/acknowledge.ts';
import type { AuditedVpc } from './audited-vpc.ts';
import { NlbAuditor } from './nlb-auditor.ts';

/** What a stack is made of: the configuration, and the Region that it is for. */
export interface NlbAuditorStackProps extends StackProps {
  /** What `loadConfig` read, or the same as an object. */
  readonly config: NlbAuditorConfig;
  /** Which VPCs of the configuration belong to this stack. */
  readonly region: string;
}

/** Everything that is deployed to one Region: the auditors of all configured VPCs of that Region and what they share. */
export class NlbAuditorStack extends Stack {
  /** What is deployed, as a construct. */
  readonly auditor: NlbAuditor;

  constructor(scope: Construct, id: string, props: NlbAuditorStackProps) {
    const { config: given, region, ...stackProps } = props;
    super(scope, id, {
      description: 'Names the cause of every unhealthy Network Load Balancer target of your EKS clusters',
      ...stackProps,
    });
    const { $schema: _schema, account: _account, vpcs, ...options } = parseConfig(given, `NlbAuditorStack ${id}`);
    this.auditor = new NlbAuditor(this, 'NlbAuditor', {
      ...options,
      vpcs: vpcs.filter((vpc) => vpc.region === region).map((vpc) => this.importVpc(vpc)),
    });
    this.addOutputs();
  }

  /** Takes subnets at their word, so that synthesis needs no credentials; without them the VPC is looked up. */
  private importVpc({ id, region, subnetIds, availabilityZones = [], ...audited }: VpcConfig): AuditedVpc {
    if (subnetIds === undefined) return { vpc: ec2.Vpc.fromLookup(this, id, { vpcId: id, region }), ...audited };
    const vpc = ec2.Vpc.fromVpcAttributes(this, id, {
      vpcId: id,
      region,
      availabilityZones,
      privateSubnetIds: subnetIds,
    });
    acknowledge(vpc, {
      id: 'Annotation::@aws-cdk/aws-ec2:noSubnetRouteTableId',
      reason: 'Nothing in this stack reads or changes a route table.',
    });
    return { vpc, subnets: { subnets: vpc.privateSubnets }, ...audited };
  }

  private addOutputs(): void {
    const { table, reports, eventBus, topic, alarmTopic, messageKey, auditorRole, auditors, notifier, buttonsUrl } =
      this.auditor;
    const output = (name: string, description: string, value: string) =>
      new CfnOutput(this, name, { description, value });

    output('TableName', 'What the auditor remembers', table.tableName);
    output('ReportBucketName', 'Keeps the report of every run', reports.bucketName);
    output('TopicArn', 'Receives findings', topic.topicArn);
    output('EventBusArn', 'Receives events of findings', eventBus.eventBusArn);
    output('AlarmTopicArn', 'Receives alarms about the auditor itself', alarmTopic.topicArn);
    output('MessageKeyArn', 'Encrypts both topics', messageKey.keyArn);
    output('AuditorRoleArn', 'Principal of the access entries of EKS clusters', auditorRole.roleArn);
    output(
      'AuditorSecurityGroupId',
      'Source to admit where probes are dropped; one for each VPC',
      auditors.map(({ securityGroup }) => securityGroup.securityGroupId).join(','),
    );
    if (buttonsUrl !== undefined) output('SlackRequestUrl', 'Interactivity request URL of the Slack app', buttonsUrl);
    output(
      'FunctionNames',
      'The auditor of each VPC, then the notifier',
      [...auditors.map((auditor) => auditor.function), notifier].map(({ functionName }) => functionName).join(','),
    );
  }
}
