import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { UserError } from '../../../config/user-error.ts';
import { believe } from '../believe.ts';
import { bounded, briefBounds } from '../bounded.ts';
import { type AwsPlace, placeOf } from '../place.ts';
import { refusalOf } from '../refusal.ts';
import { requestHandler } from '../time-outs.ts';
import type { Answer } from './interception.ts';
import { refuseUnknownProfile } from './known-profile.ts';
import { noAccess } from './no-access.ts';
import { reportAnswer } from './report-answer.ts';

/** A role that is assumed before anything is read. */
export interface AwsRole {
  arn: string;
  externalId?: string;
  /** Region whose STS is called; that of the place when absent. */
  from?: string;
}

/** The account of a role, from its ARN. */
export const accountOfRole = ({ arn }: AwsRole): string => arn.split(':')[4] ?? '';

/** What CloudTrail and the trust policy of a role see as the name of the session. */
const sessionName = 'nlb-auditor';

/**
 * Credentials of the role, assumed by whom the place's profile signs in as; the SDK asks again before they expire. Throws a UserError with the
 * remedy where they cannot be had.
 */
export const assumedRole =
  ({ arn, externalId, from }: AwsRole, given: AwsPlace): AwsCredentialIdentityProvider =>
  async () => {
    const place = placeOf({ ...given, ...(from !== undefined && { region: from }) });
    if (place.profile !== undefined) await refuseUnknownProfile(place.profile);
    const client = new STSClient({ ...place, maxAttempts: 3, requestHandler });
    client.middlewareStack.use(bounded(briefBounds));
    let answer: Answer | undefined;
    const command = new AssumeRoleCommand({
      RoleArn: arn,
      RoleSessionName: sessionName,
      ...(externalId !== undefined && { ExternalId: externalId }),
    });
    command.middlewareStack.use(reportAnswer((head) => (answer = head)));
    try {
      const output = await client.send(command);
      believe('sts:AssumeRole', output);
      const { AccessKeyId = '', SecretAccessKey = '', SessionToken, Expiration } = output.Credentials ?? {};
      return {
        accessKeyId: AccessKeyId,
        secretAccessKey: SecretAccessKey,
        ...(SessionToken !== undefined && { sessionToken: SessionToken }),
        ...(Expiration !== undefined && { expiration: Expiration }),
      };
    } catch (error) {
      throw noAccess(error, answer, place) ?? notAssumed(arn, error);
    } finally {
      client.destroy();
    }
  };

function notAssumed(arn: string, error: unknown): UserError {
  const { reason, message } = refusalOf(error, new AbortController().signal) ?? {
    reason: 'bug',
    message: String(error),
  };
  const remedy =
    reason === 'denied'
      ? 'name the identity that runs the audit in the trust policy of the role, grant it sts:AssumeRole on the role, and give --external-id where the trust policy wants one.'
      : 'see that the ARN is right and that STS can be reached from here, and run again.';
  return new UserError(`the role ${arn} could not be assumed (${message}); ${remedy}`, { cause: error });
}
