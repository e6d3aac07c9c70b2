import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { compareText } from '../../../core/model/target-group-context.ts';
import { type AwsPlace, placeOf } from '../place.ts';
import { briefly } from '../time-outs.ts';
import { firstCall } from './first-call.ts';

/** The Regions that are enabled for the account, in order (DescribeRegions without AllRegions). Throws a UserError where they cannot be listed. */
export async function enabledRegions(place: AwsPlace): Promise<string[]> {
  const { Regions = [] } = await firstCall(
    new EC2Client({ ...placeOf(place), ...briefly }),
    'ec2:DescribeRegions',
    place,
    (client) => client.send(new DescribeRegionsCommand({})),
    ({ reason, message }) =>
      `the Regions that are enabled for the account could not be listed (${message}); ${reason === 'unreachable' ? 'see that this machine reaches the EC2 API and that no firewall is between' : 'grant ec2:DescribeRegions'}, or name Regions with --region.`,
  );
  return Regions.flatMap(({ RegionName }) => RegionName ?? []).toSorted(compareText);
}
