import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Standard output of a program that sees this environment besides PATH. */
export async function output(program: string, args: string[], env: Record<string, string>): Promise<string> {
  const { PATH = '' } = process.env;
  return (await run(program, args, { env: { PATH, ...env } })).stdout;
}
