import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { program } from './bundled-program.ts';

const root = new URL('../../', import.meta.url).pathname;

export interface CliResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** A command line that is still running. */
export interface RunningCli {
  result: Promise<CliResult>;
  /** Resolves when it has said something like this on either stream. */
  says(pattern: RegExp): Promise<void>;
  interrupt(): void;
}

/** Runs the command line in a process of its own, with nothing of this machine's AWS configuration. */
export const runCli = (args: string[], env: Record<string, string> = {}): Promise<CliResult> => {
  const child = start(args, env);
  return resultOf(child);
};

/** Starts it, for those that have to do something meanwhile. */
export function startCli(args: string[], env: Record<string, string> = {}): RunningCli {
  const child = start(args, env);
  let said = '';
  const waiting: { pattern: RegExp; resolve(): void }[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      for (const { pattern, resolve } of waiting) if (pattern.test(said)) resolve();
    });
  }
  return {
    result: resultOf(child),
    says: (pattern) =>
      new Promise((resolve) => {
        if (pattern.test(said)) resolve();
        else waiting.push({ pattern, resolve });
      }),
    interrupt: () => void child.kill('SIGINT'),
  };
}

function start(args: string[], env: Record<string, string>): ChildProcess {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_')));
  return spawn(process.execPath, [program, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...clean,
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
      ...env,
    },
  });
}

async function resultOf(child: ChildProcess): Promise<CliResult> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('The command line has no pipes.');
  const [said, noted, [code]] = await Promise.all([text(stdout), text(stderr), once(child, 'exit')]);
  return { code: Number(code), stdout: said, stderr: noted };
}
