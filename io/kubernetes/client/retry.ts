import { setTimeout as pause } from 'node:timers/promises';
import { ApiFailure } from './api-failure.ts';

const mostTries = 4;
const firstPauseMs = 200;
/** A server that wants to be left alone for longer is not waited for. */
const longestPauseMs = 10_000;

/**
 * Runs `attempt` up to four times while the server says 429 or 5xx or the connection breaks off; pauses double, are spread
 * by jitter, and are at least what Retry-After says. The last failure is thrown; so is any other at once.
 */
export async function retrying<T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      const wait = pauseBefore(tries, error);
      if (tries === mostTries || wait > longestPauseMs || !isTransient(error) || signal.aborted) throw error;
      // Ended by the signal, the next attempt ends at once and says so.
      await pause(wait, undefined, { signal }).catch(() => undefined);
    }
  }
}

function pauseBefore(tries: number, error: unknown): number {
  const own = firstPauseMs * 2 ** (tries - 1) * (0.5 + Math.random());
  return Math.max(own, error instanceof ApiFailure ? (error.retryAfterMs ?? 0) : 0);
}

/** A reset, a connection that is closed or an answer that breaks off; not a name, port or certificate that is wrong. */
const broken = /^(ECONNRESET|EPIPE|HPE_)/;

function isTransient(error: unknown): boolean {
  if (error instanceof ApiFailure) return error.code === 429 || error.code >= 500;
  for (let link = error; link instanceof Error; link = link.cause) {
    if ('code' in link && typeof link.code === 'string' && broken.test(link.code)) return true;
  }
  return false;
}
