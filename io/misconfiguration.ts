import { UserError } from '../config/user-error.ts';

/** How this run was started, as far as it belongs into a remedy. */
export interface SignedInAs {
  profile?: string | undefined;
  region?: string | undefined;
}

interface Misfit {
  is(error: Error): boolean;
  /** What is wrong and what to run. */
  says(as: SignedInAs): string;
}

const named =
  (...names: string[]) =>
  ({ name }: Error): boolean =>
    names.includes(name);

const choose = 'choose another profile with --profile, or set AWS_PROFILE or AWS_ACCESS_KEY_ID.';
const signIn = ({ profile }: SignedInAs): string =>
  `\`aws sso login${profile === undefined ? '' : ` --profile ${profile}`}\``;

/** What AWS says when the time in a signature is far from its own (AWS general reference, "Signature Version 4: troubleshooting"). */
const skewed =
  /signature (?:expired|not yet current)|is now (?:earlier|later) than|request has expired|time (?:is )?too skewed/i;

/** The first that fits says what is wrong. Names as in the common errors of STS, EKS and EC2. */
const misfits: Misfit[] = [
  {
    is: (error) =>
      skewed.test(error.message) || named('RequestExpired', 'RequestTimeTooSkewed', 'RequestInTheFuture')(error),
    says: () =>
      `the clock of this machine is wrong: AWS takes signatures for five minutes. It is ${new Date().toISOString()} here; set the clock, for example with \`sudo timedatectl set-ntp true\`.`,
  },
  {
    is: named('CredentialsProviderError', 'TokenProviderError'),
    says: (as) => `no usable AWS credentials were found; sign in (for example ${signIn(as)}), ${choose}`,
  },
  {
    is: named('ExpiredToken', 'ExpiredTokenException'),
    says: (as) => `the AWS credentials have expired; sign in again (for example ${signIn(as)}), ${choose}`,
  },
  {
    is: named('InvalidClientTokenId', 'UnrecognizedClientException'),
    says: (as) =>
      `AWS does not know these credentials${as.region === undefined ? '' : `, or ${as.region} is not enabled for their account`}; sign in (for example ${signIn(as)}), ${choose}`,
  },
  {
    is: named('SignatureDoesNotMatch', 'AuthFailure', 'InvalidSignatureException'),
    says: (as) => `AWS refuses these credentials; sign in (for example ${signIn(as)}), ${choose}`,
  },
  {
    is: ({ message }) => message === 'Region is missing',
    says: () => 'no AWS Region is set; give --region, or set AWS_REGION.',
  },
  {
    is: ({ message }) => message.startsWith('Region not accepted'),
    says: ({ region }) => noRegion(region),
  },
];

/** A Region that is none. */
export const noRegion = (region: string | undefined): string =>
  `there is no AWS Region ${region ?? 'of this name'}, as far as this machine can resolve names; \`aws ec2 describe-regions --all-regions --region us-east-1\` lists them.`;

/** A name that no server resolves, which is no proof that the Region exists. */
export const noNameServer = (region: string | undefined): string =>
  `the name of STS in ${region ?? 'the Region'} cannot be resolved: no name server answers. Connect this machine to a network, and see that ${region ?? 'the Region'} is an AWS Region; \`aws ec2 describe-regions --all-regions --region us-east-1\` lists them.`;

const misfitOf = (error: unknown): Misfit | undefined =>
  error instanceof Error ? misfits.find(({ is }) => is(error)) : undefined;

/** What is to be set right on this machine, where that is behind a failure; without words of the answer. */
export const remedyOnThisMachine = (error: unknown): string | undefined => misfitOf(error)?.says({});

/** The UserError behind a failure that comes from the set-up of this machine, or undefined for any other failure. */
export function misconfiguration(error: unknown, as: SignedInAs = {}): UserError | undefined {
  if (!(error instanceof Error)) return undefined;
  const misfit = misfitOf(error);
  if (misfit === undefined) return undefined;
  const words = error.message === 'Region is missing' ? '' : ` AWS said: ${error.message}`;
  return new UserError(`${misfit.says(as)}${words}`, { cause: error });
}
