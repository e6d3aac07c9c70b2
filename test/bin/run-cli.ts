import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { runCommandLine } from '../../bin/command-line.ts';
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

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs the command line in this process, with nothing of this machine's AWS configuration: most of the time of a process of its own
 * is starting. One runs after the other, because each has the streams and the environment of the process for itself.
 */
export function runCli(args: string[], env: Record<string, string> = {}): Promise<CliResult> {
  const done = last.then(() => runHere(args, env));
  last = done.catch(() => undefined);
  return done;
}

async function runHere(args: string[], env: Record<string, string>): Promise<CliResult> {
  const before = { env: process.env, exitCode: process.exitCode };
  const streams = [process.stdout, process.stderr];
  const writes = streams.map((stream) => stream.write);
  const said = streams.map((stream) => {
    const chunks: Buffer[] = [];
    stream.write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
      chunks.push(Buffer.from(chunk as string));
      const done = rest.at(-1);
      if (typeof done === 'function') done();
      return true;
    }) as typeof stream.write;
    return chunks;
  });
  process.env = environmentWith(env);
  process.exitCode = undefined;
  try {
    await runCommandLine(args);
    const [stdout = '', stderr = ''] = said.map((chunks) => Buffer.concat(chunks).toString());
    return { code: Number(process.exitCode ?? 0), stdout, stderr };
  } finally {
    for (const [index, write] of writes.entries()) Object.assign(streams[index] ?? {}, { write });
    process.env = before.env;
    process.exitCode = before.exitCode;
  }
}

/** Starts it as the package has it, in a process of its own: for how that ends, and for those that have to do something meanwhile. */
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
  return spawn(process.execPath, [program, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environmentWith(env),
  });
}

const environmentWith = (env: Record<string, string>): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'))),
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  ...env,
});

async function resultOf(child: ChildProcess): Promise<CliResult> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('The command line has no pipes.');
  const [said, noted, [code]] = await Promise.all([text(stdout), text(stderr), once(child, 'exit')]);
  return { code: Number(code), stdout: said, stderr: noted };
}
