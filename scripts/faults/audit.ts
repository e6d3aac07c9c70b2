import { assess } from '../../core/diagnosis/assess.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { Report } from '../../core/model/report.ts';
import { connect } from '../../io/aws/clients.ts';
import { signIn } from '../../io/aws/identity/sign-in.ts';
import { observe } from '../../io/observe.ts';
import { unpaced } from '../../lab/unpaced.ts';
import { measure } from './measure.ts';

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
  const { value, ms, peakMb } = await measure(async (): Promise<Pick<Outcome, 'error' | 'seen'>> => {
    const clients = connect({
      ...unpaced,
      signal: AbortSignal.timeout(deadlineMs),
    });
    try {
      await signIn(clients, {});
      const observation = await observe(clients, {
        probe: false,
        ownAddresses: [],
        past: { metrics: 'findings', changes: 'findings', flowLogs: 'findings' },
      });
      const { report } = assess(observation);
      return { seen: { facts: observation.facts, report } };
    } catch (error) {
      return { error };
    } finally {
      clients.close();
    }
  });
  return { ...value, ms, peakMb };
}
