import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SNSClient } from '@aws-sdk/client-sns';
import type { Channel, CredentialKind } from '../../config/channel.ts';
import type { Settings } from '../../config/settings.ts';
import { bounded, briefBounds } from '../aws/bounded.ts';
import { secretsClient } from '../aws/secrets-client.ts';
import { briefly } from '../aws/time-outs.ts';
import { credential } from './credential.ts';
import { eventBridgeSink } from './event-bridge.ts';
import { pagerDutySink } from './pager-duty.ts';
import type { Sink } from './sink.ts';
import { slackSink } from './slack.ts';
import { slackWebhookSink } from './slack-webhook.ts';
import { snsSink } from './sns.ts';
import { teamsSink } from './teams.ts';

/** The sinks that the settings name; Region, credentials and endpoints come from the SDK's own chain. */
export function sinksOf({ topicArn, eventBusArn, slackWebhookSecret, channels, buttons }: Settings): Sink[] {
  const secrets = secretsClient();
  const held = (name: string, kind: CredentialKind) => credential({ client: secrets, name, kind });

  function sinkOf(name: string, to: Channel): Sink {
    switch (to.type) {
      case 'slack':
        return slackSink({ name, ...to, token: held(to.secret, 'slackToken'), interactive: buttons !== undefined });
      case 'slack-webhook':
        return slackWebhookSink({ name, webhook: held(to.secret, 'webhook') });
      case 'teams':
        return teamsSink({ name, webhook: held(to.secret, 'webhook') });
      case 'pagerduty':
        return pagerDutySink({ name, ...to, routingKey: held(to.secret, 'routingKey') });
      case 'eventbridge':
        return eventBridgeSink({ name, client: eventBridge(), ...to });
    }
  }

  return [
    ...(topicArn === undefined ? [] : [snsSink({ name: 'sns', client: sns(), topicArn })]),
    ...(eventBusArn === undefined ? [] : [sinkOf('eventbridge', { type: 'eventbridge', busArn: eventBusArn })]),
    ...(slackWebhookSecret === undefined
      ? []
      : [sinkOf('slack', { type: 'slack-webhook', secret: slackWebhookSecret })]),
    ...channels.map(({ name, to }) => sinkOf(name, to)),
  ];
}

function eventBridge(): EventBridgeClient {
  const client = new EventBridgeClient(briefly);
  client.middlewareStack.use(bounded(briefBounds));
  return client;
}

function sns(): SNSClient {
  const client = new SNSClient(briefly);
  client.middlewareStack.use(bounded(briefBounds));
  return client;
}
