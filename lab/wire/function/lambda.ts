import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { FunctionError } from './message.ts';
import { type RuntimeOptions, type StartRuntime, startRuntime } from './runtime.ts';
import type { Runtime } from './supervise.ts';

/** How one invocation went; `coldStartMs` when it had to start a process. Milliseconds. */
export type Invocation = { durationMs: number; coldStartMs?: number } & ({ value: unknown } | { error: FunctionError });

/** A function as Lambda runs it: one process, one invocation at a time, started when needed. */
export interface LambdaFunction {
  invoke(event: unknown): Promise<Invocation>;
  /** Everything written to standard output and standard error so far. */
  readonly logs: string;
  /** Kills the process, also in the middle of an invocation. */
  close(): Promise<void>;
}

export interface LambdaOptions extends Omit<RuntimeOptions, 'log'> {
  timeoutMs: number;
  /** What runs the bundle; the lab's own runtime when absent. */
  start?: StartRuntime;
}

/** Lambda's limit on the answer of a synchronous invocation (Lambda quotas). */
const largestAnswer = 6 * 1024 * 1024;

/** Runs a bundle in a process of its own, with Lambda's context, time-out (SIGKILL), memory and error answers. */
export function lambdaFunction({ timeoutMs, start = startRuntime, ...options }: LambdaOptions): LambdaFunction {
  let logs = '';
  let runtime: Runtime | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  const log = (text: string): void => {
    logs += text;
  };

  async function invokeNow(event: unknown): Promise<Invocation> {
    const warm = runtime?.alive() ? runtime : undefined;
    const started = warm ?? (await start({ ...options, log }));
    if (!('run' in started)) return { durationMs: 0, error: started };
    runtime = started;

    const from = performance.now();
    const answer = await started.run({ requestId: randomUUID(), event, timeoutMs, deadline: Date.now() + timeoutMs });
    const timing = { durationMs: performance.now() - from, ...(!warm && { coldStartMs: started.coldStartMs }) };
    // What the handler wrote before its answer lies in the pipe; one turn of the event loop reads it.
    await setImmediate();
    if ('value' in answer && answerBytes(answer.value) > largestAnswer) return { ...timing, error: tooLarge };
    return { ...timing, ...answer };
  }

  return {
    invoke(event) {
      const invocation = queue.then(() => invokeNow(event));
      queue = invocation.catch(() => undefined);
      return invocation;
    },
    get logs() {
      return logs;
    },
    async close() {
      await runtime?.kill();
      await queue;
      await runtime?.kill();
    },
  };
}

const answerBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const tooLarge: FunctionError = {
  errorType: 'Function.ResponseSizeTooLarge',
  errorMessage: `Response payload size exceeded maximum allowed payload size (${largestAnswer} bytes).`,
};
