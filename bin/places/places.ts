import {
  loadConfig as loadAwsConfig,
  NODE_REGION_CONFIG_FILE_OPTIONS,
  NODE_REGION_CONFIG_OPTIONS,
} from '@smithy/core/config';
import { loadConfig } from '../../config/config.ts';
import { UserError } from '../../config/user-error.ts';
import { type AwsRole, placeAs } from '../../io/aws/identity/assume-role.ts';
import { enabledRegions } from '../../io/aws/identity/enabled-regions.ts';
import { refuseUnknownProfile } from '../../io/aws/identity/known-profile.ts';
import type { AwsPlace } from '../../io/aws/place.ts';

/** Where an audit reads: one Region, of the account that the role belongs to, or that the credentials do. */
export interface Place {
  /** Absent = the AWS SDK's own. */
  region?: string;
  role?: AwsRole;
  /** Why the Regions of the account could not be listed. */
  failure?: UserError;
}

/** What says where audits read. */
export interface PlacesOptions {
  region?: string[];
  allRegions?: boolean;
  roleArn?: string[];
  externalId?: string;
  profile?: string;
  /** Configuration file whose Regions count where no option names one. */
  config?: string;
}

/** The places that are named: each Region of each account, in the order in which they are given. Throws a UserError where none can be known. */
export async function placesOf(options: PlacesOptions): Promise<Place[]> {
  const { externalId, profile, roleArn } = options;
  if (roleArn === undefined) return (await regionsOf(options, undefined)).map(placeOf);
  const from = await regionOfSdk(profile);
  const places: Place[] = [];
  for (const arn of roleArn) {
    const role = { arn, ...(externalId !== undefined && { externalId }), ...(from !== undefined && { from }) };
    try {
      for (const region of await regionsOf(options, role)) places.push({ ...placeOf(region ?? from), role });
    } catch (failure) {
      if (!(failure instanceof UserError) || roleArn.length === 1) throw failure;
      places.push({ role, failure });
    }
  }
  return places;
}

const placeOf = (region: string | undefined): Place => ({ ...(region !== undefined && { region }) });

/** The Regions of one account; undefined stands for the AWS SDK's own. */
async function regionsOf(options: PlacesOptions, role: AwsRole | undefined): Promise<(string | undefined)[]> {
  const { region, allRegions = false, config, profile } = options;
  if (region !== undefined) return region;
  if (!allRegions) return config === undefined ? [undefined] : regionsOfConfig(config);
  if (profile !== undefined) await refuseUnknownProfile(profile);
  const place: AwsPlace = {
    region: role?.from ?? (await regionOfSdk(profile)) ?? homeOf(role),
    ...(profile !== undefined && { profile }),
  };
  return enabledRegions(placeAs(role, place));
}

const regionsOfConfig = (path: string): string[] => [...new Set(loadConfig(path).vpcs.map(({ region }) => region))];

/** The Region of the environment or the profile; undefined where none is set. */
const regionOfSdk = async (profile: string | undefined): Promise<string | undefined> =>
  await loadAwsConfig(NODE_REGION_CONFIG_OPTIONS, {
    ...NODE_REGION_CONFIG_FILE_OPTIONS,
    ...(profile !== undefined && { profile }),
  })().catch(() => undefined);

/** A Region that is enabled in every account of the role's partition. */
function homeOf(role: AwsRole | undefined): string {
  const partition = role?.arn.split(':')[1];
  return { 'aws-us-gov': 'us-gov-west-1', 'aws-cn': 'cn-north-1' }[partition ?? ''] ?? 'us-east-1';
}
