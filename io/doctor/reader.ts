import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Clients } from '../aws/clients.ts';
import { principalOf } from '../aws/identity/principal.ts';
import { type Refusal, refusalOf } from '../aws/refusal.ts';

/** Who reads, or why STS does not answer. */
export type Reader = { arn: string } | { refusal: Refusal };

/** What access entries name for whoever makes these calls. */
export async function readReader({ sts, signal }: Clients): Promise<Reader> {
  try {
    const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
    return { arn: principalOf(Arn ?? '') };
  } catch (error) {
    const refusal = refusalOf(error, signal);
    if (refusal === undefined) throw error;
    return { refusal };
  }
}
