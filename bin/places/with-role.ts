import { UserError } from '../../config/user-error.ts';
import type { AwsRole } from '../../io/aws/identity/assume-role.ts';

/** How the command line names the one role of a command. */
export interface RoleOptions {
  roleArn?: string;
  externalId?: string;
}

/** The options with the role as one value. Throws a UserError for an external id without a role. */
export function withRole<Given extends RoleOptions>({
  roleArn,
  externalId,
  ...given
}: Given): Omit<Given, keyof RoleOptions> & { role?: AwsRole } {
  if (roleArn !== undefined)
    return { ...given, role: { arn: roleArn, ...(externalId !== undefined && { externalId }) } };
  if (externalId === undefined) return given;
  throw new UserError('--external-id is part of assuming a role; name the role with --role-arn.');
}
