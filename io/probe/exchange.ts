import type net from 'node:net';
import type { ProbeOutcome, ProbePhase, ProbeRequest, ProbeTimings } from '../../core/model/probe-result.ts';
import { isHostValue, isRequestTarget } from '../../core/probes/screen.ts';
import type { Deadlines, Pending } from './deadlines.ts';
import { codeOf, DeadlinePassed, NotSent, outcomeOf, TooBusy } from './failure.ts';
import { askHttp } from './http.ts';
import type { OwnClock } from './own-clock.ts';
import { localProxyHeader } from './proxy-protocol.ts';
import { type Reading, startStopwatch } from './stopwatch.ts';
import { openSocket } from './tcp.ts';
import { beginTls, openTlsSocket } from './tls.ts';

export interface ExchangeOptions {
  /** Milliseconds to wait for the SYN-ACK, if `request.timeoutMs` is not shorter. */
  connectLimitMs: number;
  keepBody: boolean;
  clock: OwnClock;
  deadlines: Deadlines;
}

export interface Exchange {
  outcome: ProbeOutcome;
  timings: ProbeTimings;
  /** RFC 3339: when the SYN left. */
  sentAt: string;
}

/**
 * One exchange with one address and port, over at the latest `request.timeoutMs` after its SYN, however slowly the peer drips.
 * Delays of this process are not counted as the target's. Rejects with NotSent when the run ended, or where this machine
 * could not send, or was too busy to say whose the failure is or whether the answer came in time.
 */
export function exchange(request: ProbeRequest, options: ExchangeOptions): Promise<Exchange> {
  const { connectLimitMs, keepBody, clock, deadlines } = options;
  return new Promise((resolve, reject) => {
    if (!isSendable(request)) return reject(new NotSent('the request cannot be written in one line'));
    const sentAt = new Date().toISOString();
    const stopwatch = startStopwatch(clock);
    const timings: Omit<ProbeTimings, 'totalMs'> = {};
    let phase: ProbePhase = 'connect';
    let isOver = false;
    const isTls = request.protocol === 'HTTPS' || request.protocol === 'TLS';
    const isTlsFromTheStart = isTls && !request.proxyProtocol;
    let socket: net.Socket = isTlsFromTheStart ? openTlsSocket(request) : openSocket(request);

    const pending: Pending = {
      deadline: stopwatch.momentOf(Math.min(request.timeoutMs, connectLimitMs)),
      expire: () => socket.destroy(new DeadlinePassed()),
      cancel: () => fail(new NotSent('the run ended first')),
    };
    deadlines.add(pending);

    const end = (): boolean => {
      if (isOver) return false;
      isOver = true;
      deadlines.remove(pending);
      socket.destroy();
      return true;
    };
    const finish = (outcome: ProbeOutcome): void => {
      if (!end()) return;
      const totalMs = round(stopwatch.read().leastMs);
      const ownDelayMs = round(stopwatch.ownDelayMs());
      if (isDoubtful(outcome, ownDelayMs, request)) {
        reject(new TooBusy(`this machine was busy for ${Math.round(ownDelayMs)} ms meanwhile`));
        return;
      }
      resolve({ outcome, timings: { ...timings, totalMs, ...(ownDelayMs >= 1 && { ownDelayMs }) }, sentAt });
    };
    /** Ends the exchange where what this turn handles came too late, or where that cannot be known. */
    const isInTime = ({ leastMs, mostMs }: Reading): boolean => {
      if (leastMs > request.timeoutMs) finish({ kind: 'timeout', phase });
      else if (mostMs > request.timeoutMs)
        fail(new TooBusy(`this machine was busy for ${Math.round(mostMs - leastMs)} ms when the answer came`));
      return !isOver;
    };
    const fail = (error: unknown): void => {
      const outcome = error instanceof NotSent ? undefined : outcomeOf(error, phase);
      if (outcome !== undefined) {
        finish(outcome);
        return;
      }
      if (!end()) return;
      const code = codeOf(error);
      reject(error instanceof NotSent || code === undefined ? error : new NotSent(code, { cause: error }));
    };
    const ask = (): void => {
      phase = 'response';
      let heard: Reading | undefined;
      const onBytes = (): void => {
        heard = stopwatch.read();
        timings.firstByteMs ??= round(heard.leastMs);
      };
      // Bytes that came in time are an answer, also where the end of the exchange makes them the whole of it.
      const answer = (outcome: ProbeOutcome): void => {
        if (isInTime(heard ?? stopwatch.read())) finish(outcome);
      };
      // What has been received by then may be an answer in spite of the error.
      socket.off('error', fail);
      askHttp(socket, { request, keepBody, onBytes }).then(answer, fail);
    };
    const encrypt = (): void => {
      phase = 'tls';
      if (!isTlsFromTheStart) socket = beginTls(socket, request).on('error', fail);
      socket.once('secureConnect', () => {
        const reading = stopwatch.lap();
        if (isOver || !isInTime(reading)) return;
        timings.tlsMs = round(reading.leastMs);
        if (request.protocol === 'TLS') return finish({ kind: 'open' });
        pending.deadline = stopwatch.momentOf(request.timeoutMs);
        ask();
      });
    };

    socket.on('error', fail);
    socket.once('connect', () => {
      const reading = stopwatch.lap();
      if (isOver || !isInTime(reading)) return;
      pending.deadline = stopwatch.momentOf(request.timeoutMs);
      timings.connectMs = round(reading.leastMs);
      if (request.protocol === 'TCP') return finish({ kind: 'open' });
      if (request.proxyProtocol) socket.write(localProxyHeader);
      if (isTls) encrypt();
      else ask();
    });
  });
}

const isSendable = ({ path = '/', host = 'target' }: ProbeRequest): boolean =>
  isRequestTarget(path) && isHostValue(host);

/** The share of a time-out by which this process may be late before a failure after the connection may be its own. */
const mostDelay = 0.1;

/** True for a failure that a slow client brings about as well: the kernel answers for the connection, this process for the rest. */
const isDoubtful = (outcome: ProbeOutcome, ownDelayMs: number, { timeoutMs }: ProbeRequest): boolean =>
  (outcome.kind === 'timeout' || outcome.kind === 'reset') &&
  outcome.phase !== 'connect' &&
  ownDelayMs > timeoutMs * mostDelay;

const round = (milliseconds: number): number => Math.round(milliseconds * 10) / 10;
