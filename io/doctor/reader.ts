import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Clients } from '../aws/clients.ts';
import { refusalOf } from '../aws/refusal.ts';

/**
 * The ARN that access entries name for whoever makes these calls: of a session its role. A session does not tell the
 * path of its role; roles of the stack have none. `undefined` where STS does not answer.
 */
export async function readerArn({ sts, signal }: Clients): Promise<string | undefined> {
  try {
    const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
    return Arn?.replace(/^(arn:[^:]+):sts::(\d+):assumed-role\/([^/]+)\/.*$/, '$1:iam::$2:role/$3');
  } catch (error) {
    if (refusalOf(error, signal) === undefined) throw error;
    return undefined;
  }
}
