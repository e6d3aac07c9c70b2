import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { webhookSource } from '../notify/webhook-source.ts';
import { refusalOf } from '../refusal.ts';
import type { Examination } from './examination.ts';

/** Whether the secret can be read and holds the URL of a webhook, which is not told. */
export async function examineSecret(client: SecretsManagerClient, name: string): Promise<Examination> {
  const what = `secret ${name}`;
  const store = `aws secretsmanager put-secret-value --secret-id ${name} --secret-string WEBHOOK_URL`;
  try {
    const url = await webhookSource(client, name).read();
    if (url === null) return { what, ok: false, saw: 'does not hold a URL', mend: [store] };
    return { what, ok: true, saw: 'holds a URL', mend: [] };
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') {
      const create = `aws secretsmanager create-secret --name ${name} --secret-string WEBHOOK_URL`;
      return { what, ok: false, saw: 'does not exist in this Region', mend: [create] };
    }
    const refusal = refusalOf(error, AbortSignal.any([]));
    if (refusal === undefined) throw error;
    return {
      what,
      ok: false,
      saw: `${refusal.reason}: ${refusal.message}`,
      mend: [`Grant secretsmanager:GetSecretValue on ${name}, and kms:Decrypt where it has a key of its own.`],
    };
  }
}
