import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { UserError } from '../../config/user-error.ts';
import { misconfiguration, noRegion, type SignedInAs } from '../misconfiguration.ts';
import type { Clients } from './clients.ts';

/**
 * Makes sure that AWS takes these credentials before anything is read with them: throws a UserError with the remedy where they
 * are missing, expired or unknown, where the clock is wrong and where there is no such Region. An STS that cannot be
 * reached, as from isolated subnets, proves nothing.
 */
export async function signIn({ sts }: Pick<Clients, 'sts'>, given: SignedInAs): Promise<void> {
  const profile = given.profile ?? process.env['AWS_PROFILE'];
  try {
    await sts.send(new GetCallerIdentityCommand({}));
  } catch (error) {
    const region = given.region ?? (await sts.config.region().catch(() => undefined));
    const wrong = misconfiguration(error, { profile, region });
    if (wrong !== undefined) throw wrong;
    if (hasNoAddress(error)) throw new UserError(noRegion(region), { cause: error });
  }
}

/** The name does not exist; EAI_AGAIN means that no name server answers. */
const hasNoAddress = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOTFOUND';
