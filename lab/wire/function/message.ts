/** What the host sends to the runtime process. */
export interface Invoke {
  requestId: string;
  event: unknown;
  /** Time after which the process is killed. */
  timeoutMs: number;
  /** The same as a moment: milliseconds since the epoch. */
  deadline: number;
}

/** An error as Lambda puts it into the answer of an invocation. */
export interface FunctionError {
  errorType: string;
  errorMessage: string;
  trace?: string[];
}

/** The first message of the runtime process: whether the bundle could be loaded. */
export type Startup = { started: true } | { error: FunctionError };

/** Every further message of the runtime process. */
export type Answer = { value: unknown } | { error: FunctionError };
