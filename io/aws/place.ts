/** Region and profile as they were given; what is absent comes from the SDK's own chain. */
export interface AwsPlace {
  region?: string;
  profile?: string;
}

/** Settings of a client for the place, without members that say nothing, over which the SDK would not look further. */
export const placeOf = ({ region, profile }: AwsPlace): AwsPlace => ({
  ...(region !== undefined && { region }),
  ...(profile !== undefined && { profile }),
});
