import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../config/user-error.ts';

/** The path of a file that is written later, where its folder takes one: known before anything is read or waited for. */
export function writable(path: string): string {
  try {
    accessSync(dirname(path), constants.W_OK);
  } catch (cause) {
    throw notWritten(path, cause);
  }
  return path;
}

/** The sentence about a file that cannot be written. */
export function notWritten(path: string, cause: unknown): UserError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new UserError(
    `the report could not be written to ${path}: ${reason}; name a file in a folder that exists and is yours.`,
    { cause },
  );
}
