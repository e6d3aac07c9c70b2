import type { ProbeOutcome, ProbePhase } from '../../core/model/probe-result.ts';

/** The deadline of a phase or of the whole exchange has passed. */
export class DeadlinePassed extends Error {
  override name = 'DeadlinePassed';
}

/** A probe that says nothing about its target, because this machine or the end of the run was in the way. */
export class NotSent extends Error {
  override name = 'NotSent';
}

/** A probe that failed while this process was too busy to say whose failure it is. */
export class TooBusy extends NotSent {
  override name = 'TooBusy';
}

/**
 * What an error of a socket says about the target; `undefined` when it speaks of this machine (EMFILE, ENFILE,
 * EADDRNOTAVAIL, ENOBUFS …), which is never an outcome. Codes: connect(2), tcp(7), OpenSSL's by their prefix.
 */
export function outcomeOf(error: unknown, phase: ProbePhase): ProbeOutcome | undefined {
  if (error instanceof DeadlinePassed) return { kind: 'timeout', phase };
  const code = codeOf(error) ?? '';
  if (code === 'ECONNREFUSED') return { kind: 'refused' };
  if (code === 'ETIMEDOUT') return { kind: 'timeout', phase };
  if (code === 'ECONNRESET' || code === 'EPIPE') return { kind: 'reset', phase };
  if (unreachable.has(code)) return { kind: 'unreachable', code };
  if (phase !== 'connect' && /^(ERR_SSL_|ERR_TLS_|EPROTO$)/.test(code)) {
    return { kind: 'tls-failed', detail: reasonOf(error) };
  }
  return undefined;
}

/** The code of a system or OpenSSL error. */
export const codeOf = (error: unknown): string | undefined => textOf(error, 'code');

const unreachable = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'ENONET']);

/** OpenSSL's own words, for example `wrong version number` or `tlsv13 alert certificate required`. */
const reasonOf = (error: unknown): string => textOf(error, 'reason') ?? codeOf(error) ?? String(error);

function textOf(error: unknown, field: 'code' | 'reason'): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const value = (error as Error & Partial<Record<typeof field, unknown>>)[field];
  return typeof value === 'string' ? value : undefined;
}
