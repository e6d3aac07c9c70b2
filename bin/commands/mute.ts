import { userInfo } from 'node:os';
import { ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { NoAnswer, UserError } from '../../config/user-error.ts';
import { inert } from '../../core/render/inert.ts';
import { table as tableOf } from '../../core/render/text/table.ts';
import { type AwsRole, placeAs } from '../../io/aws/identity/assume-role.ts';
import { refusalOf } from '../../io/aws/refusal.ts';
import { listMutes, putMute, removeMute } from '../../io/store/mutes.ts';
import { type OpenTable, tableClient } from '../../io/store/table-client.ts';
import { userErrorOf } from '../failure.ts';
import { say, sayAside } from '../say.ts';
import { type ListForm, sayStructured } from '../structured.ts';
import { terminal } from '../terminal.ts';

export interface TableOptions {
  table: string;
  region?: string;
  profile?: string;
  /** Assumed by whom the profile signs in as. */
  role?: AwsRole;
}

export interface AddMuteOptions extends TableOptions {
  reason: string;
  owner?: string;
  /** Milliseconds from now. */
  for: number;
}

/** Keeps findings quiet for a while. */
export const addMute = (pattern: string, { reason, owner = userInfo().username, ...options }: AddMuteOptions) =>
  inTable(options, async (place) => {
    const until = new Date(Date.now() + options.for).toISOString();
    await putMute(place, { pattern, owner, reason, until });
    say(`${pattern} is quiet until ${until}`);
  });

/** Prints every mute, those that have ended apart. */
export const printMutes = (options: TableOptions & { output: ListForm }) =>
  inTable(options, async (place) => {
    const mutes = await listMutes(place);
    if (options.output !== 'text') return sayStructured(mutes, options.output);
    if (mutes.length === 0) return say('Nothing is muted.');
    const rows = inert(mutes).map(({ pattern, until, owner, reason }) => [
      pattern,
      Date.parse(until) > Date.now() ? until : 'ended',
      owner,
      reason,
    ]);
    say(tableOf([['PATTERN', 'UNTIL', 'OWNER', 'REASON'], ...rows], terminal(process.stdout).width).join('\n'));
  });

/** Ends a mute before its time. */
export const endMute = (pattern: string, options: TableOptions) =>
  inTable(options, async (place) => {
    if (await removeMute(place, pattern)) return say(`${pattern} is no longer muted`);
    throw new UserError(
      `nothing mutes "${pattern}"; \`nlb-auditor mute list --table ${place.table}\` lists what is muted.`,
    );
  });

/** Opens the table for as long as `use` needs it; a table that is not there, cannot be reached or refuses is a UserError with the remedy. */
export async function inTable<Result>(
  { table, role, ...place }: TableOptions,
  use: (place: OpenTable) => Promise<Result>,
): Promise<Result> {
  const client = tableClient(placeAs(role, place));
  try {
    return await use({ client, table, onSkipped: (message, { sk }) => sayAside(`${message}: ${sk}`) });
  } catch (cause) {
    throw tableTrouble(table, cause);
  } finally {
    client.destroy();
  }
}

/** What is wrong with the table by the failure of a call to it, in words of the caller where it is no bug. */
function tableTrouble(table: string, cause: unknown): unknown {
  if (cause instanceof ResourceNotFoundException) {
    return new UserError(`there is no table "${table}"; the output TableName of the stack names it.`, { cause });
  }
  if (userErrorOf(cause) !== undefined) return cause;
  const { reason, message } = refusalOf(cause, new AbortController().signal) ?? {};
  if (reason === undefined) return cause;
  const trouble = `DynamoDB gives no access to the table "${table}" (${message})`;
  if (reason === 'denied') return new UserError(`${trouble}; allow your role what it refuses.`, { cause });
  const remedy =
    reason === 'unreachable' ? 'see that this machine reaches DynamoDB in the Region, and run again.' : 'run again.';
  return new NoAnswer(`${trouble}; ${remedy}`, { cause });
}
