import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { NlbAuditor } from 'eks-nlb-auditor';

// With the settings of cdk.json, as `cdk synth` gives them.
const { context } = JSON.parse(await (await import('node:fs/promises')).readFile('cdk.json', 'utf8'));
const app = new App({ outdir: 'esm.out', context });
const stack = new Stack(app, 'ShopStack', { env: { account: '111122223333', region: 'eu-west-1' } });
const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
  vpcId: 'vpc-0aaaaaaaaaaaaaa01',
  availabilityZones: ['eu-west-1a'],
  privateSubnetIds: ['subnet-0aaaaaaaaaaaaaa01'],
  privateSubnetRouteTableIds: ['rtb-0aaaaaaaaaaaaaa01'],
});
const auditor = new NlbAuditor(stack, 'Auditor', {
  vpcs: [{ vpc, clusters: ['shop-production'] }],
  schedule: 'rate(10 minutes)',
  notify: { slackWebhookSecret: 'eks-nlb-auditor/slack-webhook' },
  checks: { 'hc-thresholds-too-tight': 'off' },
  scale: 'auto',
});
new CfnOutput(stack, 'Role', { value: auditor.auditorRole.roleArn });
app.synth();
