import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { parseConfig } from '../../config/config.ts';
import { NlbAuditorStack } from '../../lib/nlb-auditor-stack.ts';

/** One VPC and nothing else: what the tests add to or change. */
export const oneVpc = {
  vpcs: [
    {
      id: 'vpc-0aaaaaaaaaaaaaa01',
      region: 'eu-west-1',
      subnetIds: ['subnet-0aaaaaaaaaaaaaa01', 'subnet-0aaaaaaaaaaaaaa02'],
      availabilityZones: ['eu-west-1a', 'eu-west-1b'],
      clusters: ['shop'],
    },
  ],
};

/** The stack of eu-west-1 as `cdk synth` makes it, but with its code left unbundled. */
export function stackOf(config: unknown): NlbAuditorStack {
  const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));
  const app = new App({ context: { ...context, 'aws:cdk:bundling-stacks': [] } });
  return new NlbAuditorStack(app, 'eks-nlb-auditor-eu-west-1', {
    config: parseConfig(config, 'the test'),
    region: 'eu-west-1',
    env: { region: 'eu-west-1', account: '111122223333' },
  });
}

/** The template of that stack; equal configurations share one. */
export function templateOf(config: unknown): Template {
  const key = JSON.stringify(config);
  const template = templates.get(key) ?? Template.fromStack(stackOf(config));
  templates.set(key, template);
  return template;
}

const templates = new Map<string, Template>();

/** Every kind of channel, a route, and buttons. */
export const everyChannel = {
  ...oneVpc,
  notify: {
    channels: {
      platform: { type: 'slack', channel: 'C0123456789', secret: 'nlb/slack' },
      pager: { type: 'pagerduty', secret: 'nlb/pagerduty' },
      room: { type: 'teams', secret: 'nlb/teams' },
      bus: { type: 'eventbridge', busArn: 'arn:aws:events:eu-west-1:111122223333:event-bus/findings' },
    },
    routes: [{ match: { severity: 'high', teams: ['web'] }, to: ['platform'] }],
    buttons: { signingSecret: 'nlb/signing' },
  },
};
