import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../config/user-error.ts';
import { formOf } from './form.ts';

/** The path of a file that is written later, where its folder takes one: known before anything is read or waited for. */
export function writable(path: string): string {
  try {
    if (existsSync(path)) {
      accessSync(path, constants.W_OK);
      if (statSync(path).isDirectory()) throw new Error('it is a folder');
    } else accessSync(dirname(path), constants.W_OK);
  } catch (cause) {
    throw notWritten(path, cause);
  }
  return path;
}

/** The path of a report that is written later: its ending stands for an output format, and its folder takes it. */
export function writableReport(path: string): string {
  formOf(path);
  return writable(path);
}

/** The sentence about a file, a report or facts, that cannot be written. */
export function notWritten(path: string, cause: unknown): UserError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new UserError(
    `the file could not be written to ${path}: ${reason}; name a file in a folder that exists and is yours.`,
    { cause },
  );
}
