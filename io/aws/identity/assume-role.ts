import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { type AwsPlace, placeOf } from '../place.ts';
import type { Refusal } from '../refusal.ts';
import { briefly } from '../time-outs.ts';
import { firstCall } from './first-call.ts';
import { refuseUnknownProfile } from './known-profile.ts';

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
const assumedRole =
  ({ arn, externalId, from }: AwsRole, given: AwsPlace): AwsCredentialIdentityProvider =>
  async () => {
    const place = placeOf({ ...given, ...(from !== undefined && { region: from }) });
    if (place.profile !== undefined) await refuseUnknownProfile(place.profile);
    const { Credentials } = await firstCall(
      new STSClient({ ...place, ...briefly }),
      'sts:AssumeRole',
      place,
      (client) =>
        client.send(
          new AssumeRoleCommand({
            RoleArn: arn,
            RoleSessionName: sessionName,
            ...(externalId !== undefined && { ExternalId: externalId }),
          }),
        ),
      (refusal) => notAssumed(arn, refusal),
    );
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken, Expiration } = Credentials ?? {};
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      ...(SessionToken !== undefined && { sessionToken: SessionToken }),
      ...(Expiration !== undefined && { expiration: Expiration }),
    };
  };

/** The place as the role sees it, or as it is where no role is assumed. */
export function placeAs(role: AwsRole | undefined, given: AwsPlace): AwsPlace {
  const place = placeOf(given);
  return role === undefined ? place : { ...place, credentials: assumedRole(role, place) };
}

function notAssumed(arn: string, { reason, message }: Refusal): string {
  const remedy =
    reason === 'denied'
      ? 'name the identity that runs the audit in the trust policy of the role, grant it sts:AssumeRole on the role, and give --external-id where the trust policy wants one.'
      : 'see that the ARN is right and that STS can be reached from here, and run again.';
  return `the role ${arn} could not be assumed (${message}); ${remedy}`;
}
