import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { UserError } from '../../../config/user-error.ts';
import { compareText } from '../../../core/model/target-group-context.ts';
import { believe } from '../believe.ts';
import { bounded, briefBounds } from '../bounded.ts';
import { type AwsPlace, placeOf } from '../place.ts';
import { refusalOf } from '../refusal.ts';
import { requestHandler } from '../time-outs.ts';
import type { Answer } from './interception.ts';
import { noAccess } from './no-access.ts';
import { reportAnswer } from './report-answer.ts';

/** The Regions that are enabled for the account, in order (DescribeRegions without AllRegions). Throws a UserError where they cannot be listed. */
export async function enabledRegions(
  place: AwsPlace,
  credentials: AwsCredentialIdentityProvider | undefined,
): Promise<string[]> {
  const client = new EC2Client({
    ...placeOf(place),
    ...(credentials && { credentials }),
    maxAttempts: 3,
    requestHandler,
  });
  client.middlewareStack.use(bounded(briefBounds));
  let answer: Answer | undefined;
  client.middlewareStack.use(reportAnswer((head) => (answer = head)));
  try {
    const output = await client.send(new DescribeRegionsCommand({}));
    believe('ec2:DescribeRegions', output);
    return (output.Regions ?? []).flatMap(({ RegionName }) => RegionName ?? []).toSorted(compareText);
  } catch (error) {
    throw noAccess(error, answer, place) ?? notListed(error);
  } finally {
    client.destroy();
  }
}

function notListed(error: unknown): UserError {
  const { message } = refusalOf(error, new AbortController().signal) ?? { message: String(error) };
  return new UserError(
    `the Regions that are enabled for the account could not be listed (${message}); grant ec2:DescribeRegions, or name Regions with --region.`,
    { cause: error },
  );
}
