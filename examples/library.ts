import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { NlbAuditor } from 'eks-nlb-auditor';

const app = new App();
const stack = new Stack(app, 'platform', { env: { account: '111122223333', region: 'eu-west-1' } });
const vpc = new ec2.Vpc(stack, 'Vpc');

const auditor = new NlbAuditor(stack, 'NlbAuditor', {
  vpcs: [{ vpc, clusters: ['shop-production'] }],
  schedule: 'rate(10 minutes)',
  notify: { slackWebhookSecret: 'eks-nlb-auditor/slack-webhook' },
  checks: { 'hc-thresholds-too-tight': 'off' },
});

stack.exportValue(auditor.auditorRole.roleArn);
