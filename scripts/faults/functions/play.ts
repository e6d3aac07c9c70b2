import type { Call } from '../calls.ts';

/** One function's part in a case: before, while and after a call of it goes wrong. */
export interface Play {
  /** Milliseconds after which Lambda would kill it. */
  allottedMs: number;
  /** Puts everything as it was before. */
  begin(call: Call): Promise<void>;
  /** What the function does while the call goes wrong; may throw. */
  act(call: Call): Promise<unknown>;
  /** Broken promises that show while the call still goes wrong, in words; `called` are the calls that were made. */
  during(call: Call, called: string[], error: unknown): string[];
  /** Nothing goes wrong any more: what follows by itself, and which promises are broken for good. */
  recover(call: Call): Promise<Aftermath>;
  close(): Promise<void>;
}

/** What is left of a case. */
export interface Aftermath {
  violations: string[];
  /** Messages that arrived more than once. */
  duplicates: number;
}
