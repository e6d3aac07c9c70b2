import { inspect } from 'node:util';
import { NoAnswer, UserError } from '../config/user-error.ts';
import { misconfiguration } from '../io/misconfiguration.ts';
import { exit } from './exit.ts';
import { sayAside } from './say.ts';

/** What was thrown as something that the caller can fix; undefined for a bug. */
export function userErrorOf(thrown: unknown): UserError | undefined {
  const error = misconfiguration(thrown) ?? thrown;
  return error instanceof UserError ? error : undefined;
}

/** Says on standard error what went wrong; answers the exit code. */
export function sayFailure(thrown: unknown): number {
  const error = userErrorOf(thrown);
  if (error !== undefined) {
    sayAside(`nlb-auditor: ${error.message}`);
    return error instanceof NoAnswer ? exit.incomplete : exit.usage;
  }
  sayAside('nlb-auditor: this is a bug, please report it with the lines below');
  sayAside(inspect(thrown));
  return exit.bug;
}
