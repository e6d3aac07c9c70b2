import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { CredentialKind } from '../../config/channel.ts';
import { deliveryAfter } from './aws-delivery.ts';
import type { Delivery } from './sink.ts';

/** What each kind is called, and what its value looks like. */
const kinds: Record<CredentialKind, { called: string; fits(text: string): boolean }> = {
  webhook: {
    called: 'the URL of a webhook',
    fits: (text: string) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''),
  },
  slackToken: { called: 'a bot token of Slack (xoxb-…)', fits: (text: string) => /^(xoxe\.)?xoxb-\S+$/.test(text) },
  slackSigningSecret: { called: 'a signing secret of Slack', fits: (text: string) => /^[0-9a-f]{32}$/.test(text) },
  routingKey: { called: 'an integration key of PagerDuty', fits: (text: string) => /^[0-9A-Za-z]{32}$/.test(text) },
};

/** A secret of Secrets Manager by its name. */
export interface SecretPlace {
  client: SecretsManagerClient;
  name: string;
  kind: CredentialKind;
}

export interface Credential {
  secretName: string;
  /** What the secret is to hold, in words. */
  called: string;
  /** The value, at most five minutes old; `null` when the secret holds something else. */
  read(signal: AbortSignal): Promise<string | null>;
  /** Reads the secret again next time, because its value was refused. */
  forget(): void;
}

const freshMs = 5 * 60_000;

/** Reads a credential from Secrets Manager; its value is in no message and no error. */
export function credential({ client, name, kind }: SecretPlace): Credential {
  const { called, fits } = kinds[kind];
  let cached: { value: string; readAt: number } | undefined;
  return {
    secretName: name,
    called,
    async read(signal) {
      if (cached !== undefined && performance.now() - cached.readAt < freshMs) return cached.value;
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: name }), {
        abortSignal: signal,
      });
      const value = SecretString?.trim() ?? '';
      if (!fits(value)) return null;
      cached = { value, readAt: performance.now() };
      return value;
    },
    forget() {
      cached = undefined;
    },
  };
}

/** Sends with a credential, which is read again after a refusal: it may have been replaced. */
export async function sendWith(
  { read, forget, secretName, called }: Credential,
  signal: AbortSignal,
  send: (value: string) => Promise<Delivery>,
): Promise<Delivery> {
  let value: string | null;
  try {
    value = await read(signal);
  } catch (error) {
    return deliveryAfter(`secretsmanager:GetSecretValue of ${secretName}`, signal, error);
  }
  if (value === null) return { kind: 'refused', reason: `secret ${secretName} does not hold ${called}` };
  const delivery = await send(value);
  if (delivery.kind === 'refused') forget();
  return delivery;
}
