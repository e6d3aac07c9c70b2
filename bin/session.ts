import type { Run } from '../core/conclude.ts';
import { type Clients, connect } from '../io/clients.ts';

/** Milliseconds that a run from the command line may take. */
const longest = 10 * 60 * 1000;

export interface SessionOptions {
  region?: string;
  profile?: string;
  /** Most Describe* calls to Elastic Load Balancing a second; the account's controllers share the bucket. */
  callsPerSecond: number;
}

export interface Session extends AsyncDisposable {
  clients: Clients;
  signal: AbortSignal;
  /** A line on standard error for a person's patience. */
  progress(line: string): void;
  /** What the run cost, up to now. */
  finish(): Run;
}

/** Opens the clients of one run from the command line. */
export function open({ region, profile, callsPerSecond }: SessionOptions): Session {
  const startedAt = new Date();
  const signal = AbortSignal.timeout(longest);
  const clients = connect({
    callsPerSecond,
    signal,
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
  });
  return {
    clients,
    signal,
    progress: (line) => process.stderr.write(`${line} …\n`),
    finish: () => ({
      id: startedAt.toISOString(),
      startedAt: startedAt.toISOString(),
      finishedAt: new Date().toISOString(),
      ...clients.usage(),
    }),
    [Symbol.asyncDispose]: async () => clients.close(),
  };
}
