import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { HttpResponse } from '@smithy/protocol-http';
import { UserError } from '../../../config/user-error.ts';
import { misconfiguration, noNameServer, noRegion, type SignedInAs } from '../../misconfiguration.ts';
import type { Clients } from '../clients.ts';
import { type Answer, interception } from './interception.ts';
import { refuseUnknownProfile } from './known-profile.ts';
import { principalOf } from './principal.ts';

/**
 * Who calls, as `principalOf` has it; undefined where STS does not answer. Makes sure that AWS takes these credentials before anything is read with them: throws a UserError with the remedy where they
 * are missing, expired or unknown, where the profile, the Region or a name server is missing, where the clock is wrong, and where
 * a captive portal or a proxy answers instead of AWS. An STS that cannot be reached, as from isolated subnets, proves nothing.
 */
export async function signIn({ sts }: Pick<Clients, 'sts'>, given: SignedInAs): Promise<string | undefined> {
  const profile = given.profile ?? process.env['AWS_PROFILE'];
  if (given.profile !== undefined) await refuseUnknownProfile(given.profile);
  let answer: Answer | undefined;
  try {
    const { Arn } = await sts.send(watched((head) => (answer = head)));
    return Arn === undefined ? undefined : principalOf(Arn);
  } catch (error) {
    const region = given.region ?? (await sts.config.region().catch(() => undefined));
    const wrong = misconfiguration(error, { profile, region });
    if (wrong !== undefined) throw wrong;
    const between = interception(error, answer);
    if (between !== undefined) throw new UserError(between, { cause: error });
    if (hasNoAddress(error)) throw new UserError(noRegion(region), { cause: error });
    if (hasNoNameServer(error)) throw new UserError(noNameServer(region), { cause: error });
    return undefined;
  }
}

/** The call, whose answer is reported however unreadable it is. */
function watched(onAnswer: (answer: Answer) => void): GetCallerIdentityCommand {
  const command = new GetCallerIdentityCommand({});
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      if (HttpResponse.isInstance(result.response)) onAnswer(result.response);
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'reportAnswer' },
  );
  return command;
}

/** The name does not exist. */
const hasNoAddress = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOTFOUND';

/** No name server answers: nothing of AWS can be reached, whatever the Region. */
const hasNoNameServer = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EAI_AGAIN';
