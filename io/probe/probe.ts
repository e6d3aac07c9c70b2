import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { PlannedProbe, ProbeResult } from '../../core/model/probe-result.ts';
import { cleaner } from '../../core/redaction/clean.ts';
import { type ConcurrencyLimiter, concurrencyLimiter, socketsAllowed } from './concurrency-limiter.ts';
import { connectLimits } from './connect-limits.ts';
import { type Deadlines, openDeadlines } from './deadlines.ts';
import { type Exchange, exchange } from './exchange.ts';
import { NotSent, TooBusy } from './failure.ts';
import { type OwnClock, openOwnClock } from './own-clock.ts';

/** How far the probes are; for those who wait. */
export interface ProbeTally {
  planned: number;
  answered: number;
}

export interface ProbeOptions {
  /** Most probes in their first 100 ms at a time; by default as many as this process can attend to. */
  concurrency?: number;
  /** Ends the wave: what has no outcome by then is unsent. */
  signal: AbortSignal;
  tally?: ProbeTally;
}

export interface ProbeWave {
  /** In the order of the plan, then of the attempts. */
  probes: ProbeResult[];
  /** Probes that say nothing about their targets, and why. */
  unsent: { planned: PlannedProbe; reason: string }[];
}

/** What a target answered is foreign text. */
const cleanOutcome = cleaner({ isIdentity: () => false });

/** Milliseconds between equal probes, so that they meet different moments of the target. */
const betweenAttempts = 75;

/**
 * Sends every planned probe and waits for what comes back. Trouble of this machine is never an outcome: such a probe
 * is tried again as sockets become free and the machine is less busy, and is unsent in the end.
 */
export async function probe(
  planned: PlannedProbe[],
  { concurrency, signal, tally = { planned: 0, answered: 0 } }: ProbeOptions,
): Promise<ProbeWave> {
  if (planned.length === 0) return { probes: [], unsent: [] };
  tally.planned += planned.length;
  const ended = AbortSignal.any([signal]);
  setMaxListeners(0, ended);
  const clock = openOwnClock();
  const sockets = socketsAllowed();
  const wave: Wave = {
    clock,
    gate: concurrencyLimiter({ sockets, lively: concurrency ?? sockets }, clock),
    deadlines: openDeadlines(clock, ended),
    turns: planned.length / sockets,
    signal: ended,
  };
  try {
    const series = await Promise.all(
      planned.map(async (one) => {
        const answers = await repeat(one, wave);
        tally.answered += 1;
        return answers;
      }),
    );
    return {
      probes: series.flatMap(({ probes }) => probes),
      unsent: series.flatMap(({ unsent }, index) => {
        const one = planned[index];
        return unsent === undefined || one === undefined ? [] : [{ planned: one, reason: unsent }];
      }),
    };
  } finally {
    clock.close();
  }
}

interface Wave {
  clock: OwnClock;
  gate: ConcurrencyLimiter;
  deadlines: Deadlines;
  /** How often all sockets would have to be taken if every probe kept one to its end. */
  turns: number;
  signal: AbortSignal;
}

/** All attempts of one planned probe; two time-outs in a row are enough. */
async function repeat(planned: PlannedProbe, wave: Wave): Promise<Attempts> {
  if (planned.purpose === 'connect-again' || planned.purpose === 'connect-node') return countConnections(planned, wave);
  const probes: ProbeResult[] = [];
  try {
    for (let attempt = 1; attempt <= planned.attempts; attempt += 1) {
      // One after the other: the attempts are there to meet different moments.
      if (attempt > 1) await pause(betweenAttempts);
      probes.push(await sendPatiently(planned, attempt, wave));
      if (probes.length > 1 && probes.slice(-2).every(({ outcome }) => outcome.kind === 'timeout')) break;
    }
    return { probes };
  } catch (error) {
    if (error instanceof NotSent) return { probes, unsent: error.message };
    throw error;
  }
}

interface Attempts {
  probes: ProbeResult[];
  unsent?: string;
}

/** Every attempt, a little after the one before and not after its end: it is the share that counts, and no answer takes longest. */
async function countConnections(planned: PlannedProbe, wave: Wave): Promise<Attempts> {
  const settled = await Promise.allSettled(
    Array.from({ length: planned.attempts }, async (_, index) => {
      await pause(index * betweenAttempts);
      return describe(planned, index + 1, await send(planned, planned.request.timeoutMs, wave));
    }),
  );
  const failure = settled.find(({ status }) => status === 'rejected');
  const probes = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  if (failure?.status !== 'rejected') return { probes };
  if (failure.reason instanceof NotSent) return { probes, unsent: failure.reason.message };
  throw failure.reason;
}

/** One attempt, with a second connection from another port where the wait for the first one was cut short. */
async function sendPatiently(planned: PlannedProbe, attempt: number, wave: Wave): Promise<ProbeResult> {
  const limits = connectLimits(planned.request.timeoutMs, wave.turns);
  for (const [lostBefore, limit] of limits.entries()) {
    const met = await send(planned, limit, wave);
    const isLost = met.outcome.kind === 'timeout' && met.outcome.phase === 'connect';
    if (isLost && lostBefore < limits.length - 1) continue;
    return { ...describe(planned, attempt, met), ...(lostBefore > 0 && { lostBefore }) };
  }
  throw new Error('no limit for the connection');
}

const triesAgainstLocalTrouble = 10;
const triesAgainstHaste = 3;
const betweenTries = 100;

async function send(planned: PlannedProbe, connectLimitMs: number, wave: Wave): Promise<Exchange> {
  const { gate, clock, deadlines, signal } = wave;
  const keepBody = planned.purpose === 'kube-proxy' || planned.purpose === 'kube-proxy-healthz';
  for (let tries = 1; ; tries += 1) {
    const leave = await gate.enter();
    try {
      if (signal.aborted) throw new NotSent('the run ended first');
      return await exchange(planned.request, { connectLimitMs, keepBody, clock, deadlines });
    } catch (error) {
      const most = error instanceof TooBusy ? triesAgainstHaste : triesAgainstLocalTrouble;
      if (!(error instanceof NotSent) || signal.aborted || tries >= most) throw error;
      if (/^E[MN]FILE$/.test(error.message)) gate.narrow();
    } finally {
      leave();
    }
    await pause(betweenTries);
  }
}

function describe(planned: PlannedProbe, attempt: number, met: Exchange): ProbeResult {
  const { purpose, targetGroupArn, targetId, targetPort, request } = planned;
  const { timings, sentAt } = met;
  const outcome = cleanOutcome(met.outcome);
  return { purpose, targetGroupArn, targetId, targetPort, request, outcome, timings, attempt, sentAt };
}
