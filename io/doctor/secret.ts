import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SecretNeed } from '../../config/channel.ts';
import { refusalOf } from '../aws/refusal.ts';
import { credential } from '../notify/credential.ts';
import type { Examination } from './examination.ts';

/** Milliseconds for reading one secret. */
const secretMs = 15_000;

/** Whether a secret can be read and holds what it is to hold, which is not told. */
export async function examineSecret(client: SecretsManagerClient, need: SecretNeed): Promise<Examination> {
  const { name } = need;
  const what = `secret ${name}`;
  const { read, called } = credential({ client, ...need });
  const store = `aws secretsmanager put-secret-value --secret-id ${name} --secret-string VALUE  # ${called}`;
  try {
    if ((await read(AbortSignal.timeout(secretMs))) === null)
      return { what, ok: false, saw: `does not hold ${called}`, mend: [store] };
    return { what, ok: true, saw: `holds ${called}`, mend: [] };
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') {
      const create = `aws secretsmanager create-secret --name ${name} --secret-string VALUE  # ${called}`;
      return { what, ok: false, saw: 'does not exist in this Region', mend: [create] };
    }
    const refusal = refusalOf(error, AbortSignal.any([]));
    if (refusal === undefined) throw error;
    return {
      what,
      ok: false,
      saw: `${refusal.reason}: ${refusal.message}`,
      mend: [`Grant secretsmanager:GetSecretValue on ${name}, and kms:Decrypt if it has a separate key.`],
    };
  }
}
