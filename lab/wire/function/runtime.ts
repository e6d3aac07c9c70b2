import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Answer, FunctionError, Startup } from './message.ts';
import type { Runtime } from './supervise.ts';
import { supervise } from './supervise.ts';

export interface RuntimeOptions {
  /** Path of an ES module. */
  bundle: string;
  handler: string;
  /** The whole environment of the function; nothing of this process is passed on. */
  env: Record<string, string>;
  memoryMb: number;
  log(text: string): void;
}

/** Starts an execution environment, or answers why its bundle does not load. */
export type StartRuntime = (options: RuntimeOptions) => Promise<Runtime | FunctionError>;

const program = fileURLToPath(new URL('./runtime-process.ts', import.meta.url));

/** With the lab's own stand-in for Lambda's runtime, which needs nothing that is not here. */
export const startRuntime: StartRuntime = (options) => {
  const spawnedAt = performance.now();
  const { bundle, handler } = options;
  const child = spawnNode(['--disable-warning=ExperimentalWarning', program, bundle, handler], options, {
    channel: ['ipc'],
  });
  return supervise({
    child,
    spawnedAt,
    loaded: once(child, 'message').then(([message]) => message as Startup),
    ask(invoke) {
      child.send(invoke);
      return once(child, 'message').then(([message]) => message as Answer);
    },
  });
};

/** What one kind of runtime needs besides: variables of its own, a channel to this process. */
interface Extras {
  variables?: Record<string, string>;
  channel?: ['ipc'] | [];
}

/** A Node.js with the memory and the environment that Lambda gives a function. */
export function spawnNode(
  args: string[],
  { env, memoryMb, log }: RuntimeOptions,
  { variables, channel = [] }: Extras,
): ChildProcess {
  // Lambda's own runtime leaves a tenth of the memory to everything that is not the heap.
  const heap = `--max-old-space-size=${Math.floor(memoryMb * 0.9)}`;
  const child = spawn(process.execPath, [heap, ...args], {
    env: {
      TZ: ':UTC',
      AWS_LAMBDA_FUNCTION_NAME: 'lab',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      ...env,
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe', ...channel],
  });
  child.stdout?.setEncoding('utf8').on('data', log);
  child.stderr?.setEncoding('utf8').on('data', log);
  return child;
}
