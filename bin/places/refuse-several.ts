import { UserError } from '../../config/user-error.ts';
import { accountOfRole } from '../../io/aws/identity/assume-role.ts';
import type { Form } from '../form.ts';
import type { Place, PlacesOptions } from './places.ts';

/** What only an audit of one Region of one account can do. */
export interface OfOnePlace extends PlacesOptions {
  context?: string | true;
  watch?: number;
  viaLambda?: string;
}

/** Throws a UserError where the options name several Regions or accounts, and something that has one. */
export function refuseSeveral({ context, watch, viaLambda, ...options }: OfOnePlace): void {
  refuseRoles(options);
  const several = namedSeveral(options);
  if (several === undefined) return;
  if (viaLambda !== undefined) {
    throw new UserError(
      `--via-lambda runs one function in its own Region; leave out ${several}, and run it once for each.`,
    );
  }
  if (watch !== undefined) {
    throw new UserError(`--watch repeats the audit of one Region; leave out ${several}, and name one with --region.`);
  }
  if (context !== undefined) {
    throw new UserError(
      `a context of kubectl is one cluster in one Region; leave out ${several}, or run \`nlb-auditor audit\` without --context.`,
    );
  }
}

/** Reports are told apart by account and Region. */
function refuseRoles({ roleArn = [], externalId }: PlacesOptions): void {
  if (externalId !== undefined && roleArn.length === 0)
    throw new UserError('--external-id is part of assuming a role; name the role with --role-arn.');
  const accounts = roleArn.map((arn) => accountOfRole({ arn }));
  const twice = accounts.find((account, index) => accounts.indexOf(account) < index);
  if (twice === undefined) return;
  throw new UserError(`--role-arn names two roles of account ${twice}; name one of each account.`);
}

function namedSeveral({ region = [], allRegions = false, roleArn = [] }: PlacesOptions): string | undefined {
  if (allRegions) return '--all-regions';
  if (region.length > 1) return 'all Regions but one';
  return roleArn.length > 1 ? 'all roles but one' : undefined;
}

/** Forms that can follow each other on standard output. */
const streams: Form[] = ['text', 'json', 'yaml', 'markdown'];

/** Throws a UserError where standard output cannot take the reports of so many places in this form. */
export function refuseForm(output: Form, places: Place[]): void {
  if (streams.includes(output)) return;
  throw new UserError(
    `${places.length} reports are no single ${output} document; write a file for each with --out FILE, or choose one of ${streams.join(', ')}.`,
  );
}
