import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Answer, FunctionError, Invoke, Startup } from './message.ts';

export interface RuntimeOptions {
  /** Path of an ES module. */
  bundle: string;
  handler: string;
  /** The whole environment of the function; nothing of this process is passed on. */
  env: Record<string, string>;
  memoryMb: number;
  log(text: string): void;
}

/** One execution environment: a process with the bundle loaded. */
export interface Runtime {
  /** Milliseconds from spawning to a loaded bundle. */
  coldStartMs: number;
  /** False once the process has gone. */
  alive(): boolean;
  /** The handler's answer, or Lambda's error where the process went or was killed at the deadline. */
  run(invoke: Invoke): Promise<Answer>;
  kill(): Promise<void>;
}

const program = fileURLToPath(new URL('./runtime-process.ts', import.meta.url));

/** Starts an execution environment, or answers why its bundle does not load. */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime | FunctionError> {
  const spawnedAt = performance.now();
  const child = spawnProcess(options);
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
  const gone = exited.then(([code, signal]) => ({ error: exitError(code, signal) }));
  const loaded = once(child, 'message').then(([message]) => message as Startup);
  const answered = () => once(child, 'message').then(([message]) => message as Answer);
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };

  const first = await Promise.race([loaded, gone]);
  if ('error' in first) {
    await kill();
    return first.error;
  }
  return {
    coldStartMs: performance.now() - spawnedAt,
    alive: () => child.exitCode === null && child.signalCode === null,
    async run(invoke) {
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        child.kill('SIGKILL');
      }, invoke.deadline - Date.now());
      child.send(invoke);
      const answer = await Promise.race([answered(), gone]);
      clearTimeout(timer);
      return late ? { error: timeoutError(invoke) } : answer;
    },
    kill,
  };
}

function spawnProcess({ bundle, handler, env, memoryMb, log }: RuntimeOptions): ChildProcess {
  // Lambda's own runtime leaves a tenth of the memory to everything that is not the heap.
  const heap = `--max-old-space-size=${Math.floor(memoryMb * 0.9)}`;
  const child = spawn(process.execPath, [heap, '--disable-warning=ExperimentalWarning', program, bundle, handler], {
    env: {
      TZ: ':UTC',
      AWS_LAMBDA_FUNCTION_NAME: 'lab',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  child.stdout?.setEncoding('utf8').on('data', log);
  child.stderr?.setEncoding('utf8').on('data', log);
  return child;
}

const exitError = (code: number | null, signal: string | null): FunctionError => ({
  errorType: 'Runtime.ExitError',
  errorMessage: `Runtime exited with ${signal === null ? `error: exit status ${code}` : `error: signal: ${signal}`}`,
});

const timeoutError = ({ requestId, timeoutMs }: Invoke): FunctionError => ({
  errorType: 'Sandbox.Timedout',
  errorMessage: `RequestId: ${requestId} Error: Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`,
});
