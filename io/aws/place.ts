import type { AwsCredentialIdentityProvider } from '@smithy/types';

/** Region and profile as they were given; what is absent comes from the SDK's own chain. */
export interface AwsPlace {
  region?: string;
  profile?: string;
  /** In place of those of the profile. */
  credentials?: AwsCredentialIdentityProvider;
}

/** Settings of a client for the place, without members that say nothing, over which the SDK would not look further. */
export const placeOf = ({ region, profile, credentials }: AwsPlace): AwsPlace => ({
  ...(region !== undefined && { region }),
  ...(profile !== undefined && { profile }),
  ...(credentials && { credentials }),
});
