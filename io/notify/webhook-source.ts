import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

export interface WebhookSource {
  /** The URL in the secret, at most five minutes old; `null` when the secret holds something else. */
  read(): Promise<URL | null>;
  /** Reads the secret anew next time, because the URL was refused. */
  forget(): void;
}

const freshMs = 5 * 60_000;

/** Reads the URL of a webhook from Secrets Manager by the name of its secret. */
export function webhookSource(client: SecretsManagerClient, secretName: string): WebhookSource {
  let cached: { url: URL; readAt: number } | undefined;
  return {
    async read() {
      if (cached !== undefined && performance.now() - cached.readAt < freshMs) return cached.url;
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretName }));
      const url = URL.parse(SecretString?.trim() ?? '');
      if (url === null || !/^https?:$/.test(url.protocol)) return null;
      cached = { url, readAt: performance.now() };
      return url;
    },
    forget() {
      cached = undefined;
    },
  };
}
