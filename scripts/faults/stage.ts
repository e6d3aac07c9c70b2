import { startLab } from '../../lab/start.ts';
import { auditOnce } from './audit.ts';
import { nameOfCall, reads } from './calls.ts';
import { faults } from './faults.ts';
import { gapsOf, type Seen, type Truth, violations } from './invariants.ts';
import type { Case } from './matrix.ts';
import { openProxy } from './proxy.ts';
import { faultWorld } from './world.ts';

/** What became of one case. */
export interface Verdict {
  call: string;
  fault: string;
  violations: string[];
  /** What the audit said of it: gap reasons, each once, or that it ended; of a function how it went on. */
  outcome: string;
  ms: number;
  peakMb: number;
  /** Messages that arrived more than once, where one did. */
  duplicates?: number;
  /** True where the machine was too busy for other calls too, so that a broken promise may be its own doing. */
  late?: true;
}

/** The lab behind the proxy, and what an audit sees there when nothing goes wrong. */
export interface Stage {
  /** Must be the environment of this process while cases run. */
  env: Record<string, string>;
  run(tested: Case): Promise<Verdict>;
  close(): Promise<void>;
}

const healthDenied = {
  call: of(reads, 'elasticloadbalancing:DescribeTargetHealth'),
  fault: of(faults, 'denied'),
};

function of<Entry extends { id: string }>(entries: Entry[], id: string): Entry {
  const entry = entries.find((each) => each.id === id);
  if (entry === undefined) throw new Error(`there is no ${id}`);
  return entry;
}

/** Starts the lab and the proxy; each case then has `deadlineMs` for its audit. */
export async function openStage(deadlineMs: number): Promise<Stage> {
  const lab = await startLab(faultWorld(), { sockets: false });
  const proxy = await openProxy(lab);
  let truth: Truth | undefined;

  const see = async (): Promise<Seen> => {
    const { seen, error } = await auditOnce(60_000);
    if (seen === undefined) throw new Error('the lab cannot be read', { cause: error });
    return seen;
  };

  const observe = async (): Promise<Truth> => {
    const whole = await see();
    const [gap] = gapsOf(whole);
    if (gap) throw new Error('the lab cannot be read without a fault', { cause: gap });
    proxy.inflict(healthDenied.call, healthDenied.fault);
    return { ...whole, all: (await see()).facts };
  };

  return {
    env: proxy.env,
    async run(tested) {
      truth ??= await observe();
      proxy.inflict(tested.call, tested.fault);
      const outcome = await auditOnce(deadlineMs);
      const broken = violations({ tested, truth, outcome, deadlineMs, trapped: proxy.trapped() });
      if (proxy.struck() === 0) broken.push('the call was not made');
      const isLate =
        outcome.seen &&
        gapsOf(outcome.seen).some(({ action, reason }) => reason === 'deadline' && !tested.call.id.endsWith(action));
      const reasons = new Set(outcome.seen && gapsOf(outcome.seen).map(({ reason }) => reason));
      return {
        call: nameOfCall(tested.call),
        fault: tested.fault.id,
        violations: broken,
        outcome: outcome.seen === undefined ? 'ends' : [...reasons].toSorted().join(', ') || 'nothing lost',
        ms: outcome.ms,
        peakMb: outcome.peakMb,
        ...((isLate || outcome.ms > deadlineMs) && { late: true }),
      };
    },
    async close() {
      await proxy.close();
      await lab.close();
    },
  };
}
