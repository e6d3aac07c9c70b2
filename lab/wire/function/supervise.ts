import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Answer, FunctionError, Invoke, Startup } from './message.ts';

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

interface Process {
  child: ChildProcess;
  /** When the process was spawned, by `performance.now()`. */
  spawnedAt: number;
  /** Whether the bundle is loaded. */
  loaded: Promise<Startup>;
  /** Hands one invocation over and waits for what comes of it. */
  ask(invoke: Invoke): Promise<Answer>;
}

/** Waits for the bundle, ends invocations at their deadline, and says what became of a process that went. */
export async function supervise({ child, spawnedAt, loaded, ask }: Process): Promise<Runtime | FunctionError> {
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
  const gone = exited.then(([code, signal]) => ({ error: exitError(code, signal) }));
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
      const answer = await Promise.race([ask(invoke), gone]);
      clearTimeout(timer);
      return late ? { error: timeoutError(invoke) } : answer;
    },
    kill,
  };
}

const exitError = (code: number | null, signal: string | null): FunctionError => ({
  errorType: 'Runtime.ExitError',
  errorMessage: `Runtime exited with ${signal === null ? `error: exit status ${code}` : `error: signal: ${signal}`}`,
});

const timeoutError = ({ requestId, timeoutMs }: Invoke): FunctionError => ({
  errorType: 'Sandbox.Timedout',
  errorMessage: `RequestId: ${requestId} Error: Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`,
});
