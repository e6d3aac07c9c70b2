import { renderSlack } from '../../core/render/message/slack.ts';
import { type Credential, sendWith } from './credential.ts';
import { type Answer, deliveryOf, postJson } from './post-json.ts';
import type { Sink } from './sink.ts';

export interface SlackWebhookOptions {
  name: string;
  /** The URL of an incoming webhook. */
  webhook: Credential;
}

/**
 * Posts to a Slack channel by an incoming webhook, each message for itself: the answer is `ok` or one word such as
 * `invalid_blocks` or `no_service` (Slack, "Incoming webhooks"), and nothing that a later message could refer to.
 */
export function slackWebhookSink({ name, webhook }: SlackWebhookOptions): Sink {
  return {
    name,
    send: (message, { reportUrl, mention, signal }) =>
      sendWith(webhook, signal, async (url) =>
        deliveryOf(await postJson({ url, signal }, renderSlack(message, { reportUrl, mention })), 'Slack', isOk),
      ),
  };
}

const isOk = ({ text }: Answer): boolean => text.trim() === 'ok';
