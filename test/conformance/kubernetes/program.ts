import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** A program that runs beside the tests. */
export interface Program {
  /** Asks until the answer is yes; throws with the last words of the program when it ends, or after a minute. */
  until(ready: () => Promise<boolean>): Promise<void>;
  /** The end of what it wrote to its standard error. */
  words(): string;
  stop(): Promise<void>;
}

/** Starts it with `--name=value` for each option, in the environment of the tests and `env`. */
export function run(path: string, options: Record<string, string>, env: Record<string, string> = {}): Program {
  const child: ChildProcess = spawn(
    path,
    Object.entries(options).map(([name, value]) => `--${name}=${value}`),
    { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } },
  );
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    words = (words + text).slice(-4000);
  });
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  return {
    async until(ready) {
      const deadline = Date.now() + 60_000;
      while (!(await ready().catch(() => false))) {
        if (ended() || Date.now() > deadline) throw new Error(`${path} does not start: ${words}`);
        await sleep(50);
      }
    },
    words: () => words,
    async stop() {
      if (ended()) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
