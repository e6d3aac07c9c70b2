import { assess } from '../../core/diagnosis/assess.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { Report } from '../../core/model/report.ts';
import { connect } from '../../io/aws/clients.ts';
import { signIn } from '../../io/aws/sign-in.ts';
import { observe } from '../../io/observe.ts';

/** What became of one audit. */
export interface Outcome {
  /** What it threw. */
  error?: unknown;
  seen?: { facts: Facts[]; report: Report };
  ms: number;
  /** The most that this process held beyond what it held before, in MB. */
  peakMb: number;
}

/** Audits what the environment points at, as the command line does, with this much time; nothing is probed. */
export async function auditOnce(deadlineMs: number): Promise<Outcome> {
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 20);
  const began = performance.now();
  const clients = connect({ callsPerSecond: 1000, signal: AbortSignal.timeout(deadlineMs) });
  const measured = () => ({
    ms: Math.round(performance.now() - began),
    peakMb: Math.round((peak - before) / 2 ** 20),
  });
  try {
    await signIn(clients, {});
    const observation = await observe(clients, { probe: false, ownAddresses: [] });
    const { report } = assess(observation);
    return { seen: { facts: observation.facts, report }, ...measured() };
  } catch (error) {
    return { error, ...measured() };
  } finally {
    clearInterval(watch);
    clients.close();
  }
}
