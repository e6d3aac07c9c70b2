import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import type { Settings } from '../settings.ts';
import type { Sink } from './sink.ts';
import { slackSink } from './slack.ts';
import { snsSink } from './sns.ts';

/** The sinks that the settings name; Region, credentials and endpoints come from the SDK's own chain. */
export function sinksOf({ topicArn, slackWebhookSecret }: Settings): Sink[] {
  return [
    ...(topicArn === undefined ? [] : [snsSink({ client: new SNSClient(), topicArn })]),
    ...(slackWebhookSecret === undefined
      ? []
      : [slackSink({ client: new SecretsManagerClient(), secretName: slackWebhookSecret })]),
  ];
}
