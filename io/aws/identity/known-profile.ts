import { loadSharedConfigFiles } from '@smithy/core/config';
import { UserError } from '../../../config/user-error.ts';

/**
 * Throws a UserError where neither the shared configuration nor the shared credentials have this profile. Profiles there are
 * from `~/.aws/config` and `~/.aws/credentials`, or the files that AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE name.
 */
export async function refuseUnknownProfile(profile: string): Promise<void> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const known = [...new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)])].filter(isProfile);
  if (known.includes(profile)) return;
  const there = known.length === 0 ? 'there is none' : `there are ${known.toSorted().join(', ')}`;
  throw new UserError(
    `there is no profile "${profile}" in the shared AWS configuration; ${there}. Choose one with --profile or AWS_PROFILE, or make it with \`aws configure sso --profile ${profile}\`.`,
  );
}

/** The files keep sections of other kinds too; the SDK names those `sso-session.NAME` and `services.NAME`. */
const isProfile = (section: string): boolean => !/^(sso-session|services)\./.test(section);
