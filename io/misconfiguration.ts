import { UserError } from '../config/user-error.ts';

const credentials =
  'sign in (for example `aws sso login`), choose another profile with --profile, or set AWS_PROFILE or AWS_ACCESS_KEY_ID.';

/** What the SDK throws before any call is made, or STS refuses, because of how this machine is set up; the remedy by name. */
const remedies: [RegExp, string][] = [
  [/^(CredentialsProviderError|TokenProviderError)$/, `no usable AWS credentials were found; ${credentials}`],
  [
    /^(ExpiredToken|ExpiredTokenException|InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|AuthFailure|InvalidSignatureException)$/,
    `AWS refuses these credentials; ${credentials}`,
  ],
];

/** The UserError behind a failure that comes from the set-up of this machine, or undefined for any other failure. */
export function misconfiguration(error: unknown): UserError | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.message === 'Region is missing') {
    return new UserError('no AWS Region is set; give --region, or set AWS_REGION.', { cause: error });
  }
  const remedy = remedies.find(([name]) => name.test(error.name))?.[1];
  return remedy === undefined ? undefined : new UserError(`${remedy} AWS said: ${error.message}`, { cause: error });
}
