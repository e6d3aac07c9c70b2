import { UserError } from '../../../config/user-error.ts';
import { misconfiguration, noNameServer, noRegion, type SignedInAs } from '../../misconfiguration.ts';
import { type Answer, interception } from './interception.ts';

/**
 * The UserError with the remedy behind a first call to AWS that failed: credentials, Region, name server, clock, or something else that answered instead
 * of AWS. Undefined for every other failure.
 */
export function noAccess(error: unknown, answer: Answer | undefined, as: SignedInAs): UserError | undefined {
  if (error instanceof UserError) return error;
  const wrong = misconfiguration(error, as);
  if (wrong !== undefined) return wrong;
  if (hasCode(error, 'ERR_INVALID_URL')) {
    return new UserError(
      'the endpoint of AWS is no URL; correct AWS_ENDPOINT_URL, or endpoint_url of the profile, or leave it out.',
      { cause: error },
    );
  }
  const between = interception(error, answer);
  if (between !== undefined) return new UserError(between, { cause: error });
  if (hasCode(error, 'ENOTFOUND')) return new UserError(noRegion(as.region), { cause: error });
  // No name server answers: nothing of AWS can be reached, whatever the Region.
  if (hasCode(error, 'EAI_AGAIN')) return new UserError(noNameServer(as.region), { cause: error });
  return undefined;
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
