import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { NoAnswer } from '../../../config/user-error.ts';
import type { SignedInAs } from '../../misconfiguration.ts';
import type { Clients } from '../clients.ts';
import { whoCalls } from '../time-outs.ts';
import type { Answer } from './interception.ts';
import { refuseUnknownProfile } from './known-profile.ts';
import { noAccess } from './no-access.ts';
import { principalOf } from './principal.ts';
import { reportAnswer } from './report-answer.ts';

/**
 * Who calls, as `principalOf` has it; undefined where STS does not answer. Makes sure that AWS takes these credentials before anything is read with them: throws a UserError with the remedy where they
 * are missing, expired or unknown, where the profile, the Region or a name server is missing, where the clock is wrong, and where
 * a captive portal or a proxy answers instead of AWS. An STS that cannot be reached, as from isolated subnets, proves nothing.
 */
export async function signIn({ sts }: Pick<Clients, 'sts'>, given: SignedInAs): Promise<string | undefined> {
  const profile = given.profile ?? process.env['AWS_PROFILE'];
  if (given.profile !== undefined) await refuseUnknownProfile(given.profile);
  let answer: Answer | undefined;
  const command = new GetCallerIdentityCommand({});
  command.middlewareStack.use(reportAnswer((head) => (answer = head)));
  try {
    const { Arn } = await sts.send(command, whoCalls);
    return Arn === undefined ? undefined : principalOf(Arn);
  } catch (error) {
    if (error instanceof NoAnswer) return undefined;
    // A profile of the environment that is not there may still lead to credentials of the machine.
    if (profile && error instanceof Error && error.name === 'CredentialsProviderError')
      await refuseUnknownProfile(profile);
    const region = given.region ?? (await sts.config.region().catch(() => undefined));
    const wrong = noAccess(error, answer, { profile, region });
    if (wrong !== undefined) throw wrong;
    return undefined;
  }
}
