import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { PlannedProbe, Probe } from '../../core/model/probe-result.ts';
import { type Exchange, exchange } from './exchange.ts';
import { NotSent } from './failure.ts';
import { type Gate, openGate } from './gate.ts';

/** How far the probes are; for those who wait. */
export interface ProbeTally {
  planned: number;
  answered: number;
}

export interface ProbeOptions {
  /** Probes whose answer is awaited with undivided attention; above 200 their timings suffer. */
  concurrency?: number;
  /** Ends the wave: what has no outcome by then is unsent. */
  signal: AbortSignal;
  tally?: ProbeTally;
}

export interface ProbeWave {
  /** In the order of the plan, then of the attempts. */
  probes: Probe[];
  /** Probes that say nothing about their targets, and why. */
  unsent: { planned: PlannedProbe; reason: string }[];
}

/** Lambda allows 1,024 file descriptors; the rest is for the connections of the AWS and Kubernetes clients. */
const mostSockets = 900;

/** Milliseconds between equal probes, so that they meet different moments of the target. */
const betweenAttempts = 75;

/**
 * Sends every planned probe and waits for what comes back. Trouble of this machine is never an outcome: such a probe
 * is tried again as sockets become free, and is unsent in the end.
 */
export async function probe(
  planned: PlannedProbe[],
  { concurrency = 200, signal, tally = { planned: 0, answered: 0 } }: ProbeOptions,
): Promise<ProbeWave> {
  tally.planned += planned.length;
  const ended = AbortSignal.any([signal]);
  setMaxListeners(0, ended);
  const wave: Wave = {
    gate: openGate({ sockets: mostSockets, lively: concurrency }),
    connectLimitMs: connectLimit(planned.length),
    signal: ended,
  };
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
}

interface Wave {
  gate: Gate;
  connectLimitMs: number;
  signal: AbortSignal;
}

/**
 * Milliseconds to wait for a SYN-ACK. Linux repeats an unanswered SYN after 1 second and again 2 seconds later (RFC
 * 6298, tcp(7)): both limits give the target a second chance. Where not all sockets can be open at once the wait ends
 * 250 ms after that, so that thousands of silent targets take turns within about the time that one of them takes.
 */
const connectLimit = (probes: number): number => (probes > mostSockets ? 1250 : 3000);

/** All attempts of one planned probe; two time-outs in a row are enough. */
async function repeat(planned: PlannedProbe, wave: Wave): Promise<{ probes: Probe[]; unsent?: string }> {
  const probes: Probe[] = [];
  try {
    for (let attempt = 1; attempt <= planned.attempts; attempt += 1) {
      // One after the other: the attempts are there to meet different moments.
      if (attempt > 1) await pause(betweenAttempts);
      probes.push(describe(planned, attempt, await send(planned, wave)));
      if (probes.length > 1 && probes.slice(-2).every(({ outcome }) => outcome.kind === 'timeout')) break;
    }
    return { probes };
  } catch (error) {
    if (error instanceof NotSent) return { probes, unsent: error.message };
    throw error;
  }
}

const triesAgainstLocalTrouble = 10;
const betweenTries = 100;

async function send(planned: PlannedProbe, { gate, connectLimitMs, signal }: Wave): Promise<Exchange> {
  const keepBody = planned.purpose === 'kube-proxy' || planned.purpose === 'kube-proxy-healthz';
  for (let tries = 1; ; tries += 1) {
    const leave = await gate.enter();
    try {
      return await exchange(planned.request, { connectLimitMs, keepBody, signal });
    } catch (error) {
      if (!(error instanceof NotSent) || signal.aborted || tries === triesAgainstLocalTrouble) throw error;
      if (/^E[MN]FILE$/.test(error.message)) gate.narrow();
    } finally {
      leave();
    }
    await pause(betweenTries);
  }
}

function describe(planned: PlannedProbe, attempt: number, met: Exchange): Probe {
  const { purpose, targetGroupArn, targetId, targetPort, request } = planned;
  const { outcome, timings, sentAt } = met;
  return { purpose, targetGroupArn, targetId, targetPort, request, outcome, timings, attempt, sentAt };
}
