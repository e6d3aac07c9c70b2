import { groupsIn, type RunVerdict, runVerdict } from '../diagnosis/run-verdict.ts';
import type { Verdict } from '../model/diagnosis.ts';
import type { Change, Transition } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { RunCost } from '../model/run-cost.ts';
import { type ServedState, servedStates } from '../model/served-state.ts';

/** A run in numbers: what the auditor answers and what is kept of it. */
export interface RunSummary {
  runId: string;
  startedAt: string;
  finishedAt: string;
  /** False when anything could not be read. */
  complete: boolean;
  diagnoses: Record<Verdict, number>;
  /** Target groups by who is served. */
  served: Record<ServedState, number>;
  /** What the run as a whole may claim. */
  verdict: RunVerdict;
  changes: Partial<Record<Transition, number>>;
  /** Requests sent, repeats included. */
  apiCalls: number;
  /** How often AWS or Kubernetes asked to go slower. */
  throttles: number;
  gaps: number;
  /** Gaps that the auditor itself is to blame for; absent in runs of older versions. */
  bugs?: number;
  /** Where it ran in Lambda. */
  cost?: RunCost;
}

/** Counts what one run found and what it changed. */
export function summarize(report: Report, changes: Change[]): RunSummary {
  const { run, coverage, diagnoses } = report;
  const count = (verdict: Verdict): number => diagnoses.filter((diagnosis) => diagnosis.verdict === verdict).length;
  const byTransition = Map.groupBy(
    changes.filter(({ transition }) => transition !== 'noted'),
    ({ transition }) => transition,
  );
  return {
    runId: run.id,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    complete: run.complete,
    diagnoses: {
      unhealthy: count('unhealthy'),
      unserved: count('unserved'),
      unexplained: count('unexplained'),
      latent: count('latent'),
      expected: count('expected'),
    },
    served: Object.fromEntries(
      servedStates.map((state) => [state, groupsIn(report, state).length]),
    ) as RunSummary['served'],
    verdict: runVerdict(report),
    changes: Object.fromEntries([...byTransition].map(([transition, { length }]) => [transition, length])),
    apiCalls: Object.values(run.apiCalls).reduce((sum, calls) => sum + calls, 0),
    throttles: run.throttles,
    gaps: coverage.gaps.length,
    bugs: coverage.gaps.filter(({ reason }) => reason === 'bug').length,
    ...(run.cost !== undefined && { cost: run.cost }),
  };
}
