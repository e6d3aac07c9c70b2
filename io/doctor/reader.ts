import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Clients } from '../aws/clients.ts';
import { type Refusal, refusalOf } from '../aws/refusal.ts';

/** Who reads, or why STS does not answer. */
export type Reader = { arn: string } | { refusal: Refusal };

/**
 * The ARN that access entries name for whoever makes these calls: of a session its role. A session does not tell the
 * path of its role; roles of the stack have none.
 */
export async function readReader({ sts, signal }: Clients): Promise<Reader> {
  try {
    const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
    return { arn: (Arn ?? '').replace(/^(arn:[^:]+):sts::(\d+):assumed-role\/([^/]+)\/.*$/, '$1:iam::$2:role/$3') };
  } catch (error) {
    const refusal = refusalOf(error, signal);
    if (refusal === undefined) throw error;
    return { refusal };
  }
}
