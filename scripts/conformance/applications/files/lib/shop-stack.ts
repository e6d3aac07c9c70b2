import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { NlbAuditor, type NlbAuditorProps } from 'eks-nlb-auditor';

export class ShopStack extends cdk.Stack {
  readonly auditor: NlbAuditor;

  constructor(scope: Construct, id: string, props?: cdk.StackProps) {
    super(scope, id, props);
    const vpc = ec2.Vpc.fromVpcAttributes(this, 'Vpc', {
      vpcId: 'vpc-0aaaaaaaaaaaaaa01',
      availabilityZones: ['eu-west-1a'],
      privateSubnetIds: ['subnet-0aaaaaaaaaaaaaa01'],
      privateSubnetRouteTableIds: ['rtb-0aaaaaaaaaaaaaa01'],
    });
    const options: NlbAuditorProps = {
      vpcs: [{ vpc, clusters: ['shop-production'] }],
      schedule: 'rate(10 minutes)',
      notify: { slackWebhookSecret: 'eks-nlb-auditor/slack-webhook' },
      checks: { 'hc-thresholds-too-tight': 'off' },
      scale: 'auto',
    };
    this.auditor = new NlbAuditor(this, 'Auditor', options);
    new cdk.CfnOutput(this, 'Role', { value: this.auditor.auditorRole.roleArn });
  }
}
