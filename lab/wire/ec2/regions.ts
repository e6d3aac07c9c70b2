import type { World } from '../../world/world.ts';
import { listOf, structuresOf } from '../aws/parameters.ts';
import type { Action } from '../aws/service.ts';

/** Regions that every account has (AWS account management guide, "Enable or disable AWS Regions": enabled by default). */
const standard = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
];

/** Some of those that an account has to opt into. */
const optional = ['af-south-1', 'ap-east-1', 'eu-south-1', 'me-south-1'];

/** The Regions that are enabled for the account that these worlds are of. */
export const enabledRegions = (worlds: Pick<World, 'region'>[]): string[] => [
  ...new Set([...standard, ...worlds.map(({ region }) => region)]),
];

/** DescribeRegions: enabled ones, or with `AllRegions` all of them. */
export const describeRegions: Action = (parameters, world) => {
  const enabled = enabledRegions([world]);
  const all = parameters['AllRegions'] === 'true' ? [...new Set([...enabled, ...optional])] : enabled;
  const statusOf = (name: string): string => {
    if (standard.includes(name)) return 'opt-in-not-required';
    return enabled.includes(name) ? 'opted-in' : 'not-opted-in';
  };
  const names = listOf(parameters, 'RegionName');
  const statuses = structuresOf(parameters, 'Filter')
    .filter(({ Name }) => Name === 'opt-in-status')
    .map((filter) => listOf(filter, 'Value'));
  return {
    regionInfo: all
      .filter((name) => names.length === 0 || names.includes(name))
      .filter((name) => statuses.every((values) => values.includes(statusOf(name))))
      .map((regionName) => ({
        regionName,
        regionEndpoint: `ec2.${regionName}.amazonaws.com`,
        optInStatus: statusOf(regionName),
      })),
  };
};
