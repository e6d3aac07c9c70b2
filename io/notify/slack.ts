import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { renderSlack } from '../../core/render/slack.ts';
import { deliveryAfter } from './aws-delivery.ts';
import type { Delivery, Sink } from './sink.ts';
import { webhookSource } from './webhook-source.ts';

export interface SlackOptions {
  client: SecretsManagerClient;
  /** Name of the secret whose value is the URL of an incoming webhook. */
  secretName: string;
}

const timeoutMs = 10_000;
const defaultRetryMs = 1000;

/** Posts to a Slack channel by an incoming webhook. The URL is itself the secret: it is in no message and no error. */
export function slackSink({ client, secretName }: SlackOptions): Sink {
  const webhook = webhookSource(client, secretName);
  return {
    name: 'slack',
    async send(message) {
      let url: URL | null;
      try {
        url = await webhook.read();
      } catch (error) {
        return deliveryAfter(error, `secretsmanager:GetSecretValue of ${secretName}`);
      }
      if (url === null) return { kind: 'refused', reason: `secret ${secretName} does not hold the URL of a webhook` };
      const delivery = await post(url, JSON.stringify(renderSlack(message)));
      if (delivery.kind === 'refused') webhook.forget();
      return delivery;
    },
  };
}

async function post(url: URL, body: string): Promise<Delivery> {
  const headers = { 'content-type': 'application/json' };
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch {
    return { kind: 'retry', afterMs: defaultRetryMs };
  }
  // Slack answers `ok`, or one word such as `invalid_blocks` or `no_service` (Slack, "Incoming webhooks").
  const answer = (await response.text().catch(() => '')).slice(0, 100);
  if (response.ok) return { kind: 'sent' };
  if (response.status === 429) return { kind: 'retry', afterMs: retryAfterMs(response) };
  if (response.status >= 500) return { kind: 'retry', afterMs: defaultRetryMs };
  return { kind: 'refused', reason: `Slack answered ${response.status} ${answer}` };
}

/** Seconds in Retry-After (Slack, "Rate limits"). */
function retryAfterMs(response: Response): number {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : defaultRetryMs;
}
