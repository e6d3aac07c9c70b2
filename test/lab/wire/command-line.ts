import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** True when the program can be started on this machine. */
export function isInstalled(program: string, ...args: string[]): boolean {
  const installed = spawnSync(program, args).status === 0;
  if (!installed) console.warn(`${program} is not installed: its tests are skipped.`);
  return installed;
}

/** Standard output of a program that sees this environment besides PATH. */
export async function output(program: string, args: string[], env: Record<string, string>): Promise<string> {
  const { PATH = '' } = process.env;
  return (await run(program, args, { env: { PATH, ...env } })).stdout;
}
