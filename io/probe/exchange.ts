import type net from 'node:net';
import type { ProbeOutcome, ProbePhase, ProbeRequest, ProbeTimings } from '../../core/model/probe-result.ts';
import { isHostValue, isRequestTarget } from '../../core/probes/screen.ts';
import { codeOf, DeadlinePassed, NotSent, outcomeOf } from './failure.ts';
import { askHttp } from './http.ts';
import { localProxyHeader } from './proxy-protocol.ts';
import { connected, openSocket } from './tcp.ts';
import { beginTls, secured } from './tls.ts';

export interface ExchangeOptions {
  /** Milliseconds to wait for the SYN-ACK, if `request.timeoutMs` is not shorter. */
  connectLimitMs: number;
  keepBody: boolean;
  /** Ends the exchange without an outcome. */
  signal: AbortSignal;
}

export interface Exchange {
  outcome: ProbeOutcome;
  timings: ProbeTimings;
  /** RFC 3339: when the SYN left. */
  sentAt: string;
}

/**
 * One exchange with one address and port, over at the latest `request.timeoutMs` after its SYN, however slowly the
 * peer drips. Throws NotSent when the run ended or this machine could not send.
 */
export async function exchange(request: ProbeRequest, options: ExchangeOptions): Promise<Exchange> {
  const { connectLimitMs, keepBody, signal } = options;
  if (signal.aborted) throw new NotSent('the run ended first');
  const { path = '/', host = 'target' } = request;
  if (!isRequestTarget(path) || !isHostValue(host)) throw new NotSent('the request cannot be written in one line');
  const sentAt = new Date().toISOString();
  const start = performance.now();
  const elapsed = (): number => Math.round((performance.now() - start) * 10) / 10;
  const timings: Omit<ProbeTimings, 'totalMs'> = {};
  let phase: ProbePhase = 'connect';
  let socket: net.Socket = openSocket(request);

  const expire = () => socket.destroy(new DeadlinePassed());
  const cancel = () => socket.destroy(new NotSent('the run ended first'));
  const total = setTimeout(expire, request.timeoutMs);
  const connecting = setTimeout(expire, Math.min(request.timeoutMs, connectLimitMs));
  signal.addEventListener('abort', cancel, { once: true });

  const talk = async (): Promise<ProbeOutcome> => {
    await connected(socket);
    clearTimeout(connecting);
    timings.connectMs = elapsed();
    if (request.proxyProtocol) socket.write(localProxyHeader);
    if (request.protocol === 'TCP') return { kind: 'open' };

    if (request.protocol === 'HTTPS' || request.protocol === 'TLS') {
      phase = 'tls';
      const encrypted = beginTls(socket, request);
      socket = encrypted;
      await secured(encrypted);
      timings.tlsMs = elapsed();
      if (request.protocol === 'TLS') return { kind: 'open' };
    }
    phase = 'response';
    const onFirstByte = (): void => {
      timings.firstByteMs = elapsed();
    };
    return await askHttp(socket, { request, keepBody, onFirstByte });
  };

  try {
    const outcome = await talk().catch((error: unknown) => {
      if (error instanceof NotSent) throw error;
      return meaning(error, phase);
    });
    return { outcome, timings: { ...timings, totalMs: elapsed() }, sentAt };
  } finally {
    clearTimeout(connecting);
    clearTimeout(total);
    signal.removeEventListener('abort', cancel);
    socket.destroy();
  }
}

/** A system error that says nothing about the target speaks of this machine; what has no code is a bug. */
function meaning(error: unknown, phase: ProbePhase): ProbeOutcome {
  const outcome = outcomeOf(error, phase);
  if (outcome !== undefined) return outcome;
  const code = codeOf(error);
  throw code === undefined ? error : new NotSent(code, { cause: error });
}
