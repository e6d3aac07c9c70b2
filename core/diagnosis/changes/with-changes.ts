import { callsOn, logsOf } from '../../history/changes/calls.ts';
import { resourcesOf, windowOf } from '../../history/changes/change-queries.ts';
import { describeCall } from '../../history/changes/describe-call.ts';
import { startOf } from '../../history/changes/incident-start.ts';
import type { ChangeEntry, Changes } from '../../model/changes/changes.ts';
import type { ChangeLog } from '../../model/changes/recorded-call.ts';
import type { CheckResult } from '../../model/check-result.ts';
import { type Diagnosis, isWrong } from '../../model/diagnosis.ts';
import type { Facts } from '../../model/facts.ts';
import { compareText, type TargetGroupContext } from '../../model/target-group-context.ts';
import { clusterChanges } from './cluster-changes.ts';

/** The same diagnoses of a target group; what is wrong says what changed around its start, where that was read. */
export function withChanges(
  diagnoses: Diagnosis[],
  group: TargetGroupContext,
  { facts, results }: { facts: Facts; results: CheckResult[] },
): Diagnosis[] {
  const { changes } = facts.slices;
  if (changes.length === 0 || !diagnoses.some(isWrong)) return diagnoses;
  const resources = resourcesOf(group, facts);
  const logs = logsOf(resources, changes);
  if (logs.length === 0) return diagnoses;
  return diagnoses.map((diagnosis) =>
    isWrong(diagnosis)
      ? { ...diagnosis, changes: changesOf(group, { facts, resources, logs, fitting: fittingOf(diagnosis, results) }) }
      : diagnosis,
  );
}

/** Ids of the calls that the evidence of the cause names. */
const fittingOf = ({ cause }: Diagnosis, results: CheckResult[]): Set<string> =>
  new Set(
    results.flatMap((result) =>
      result.check === cause && result.outcome === 'found' ? result.evidence.flatMap(({ calls }) => calls ?? []) : [],
    ),
  );

interface Scene {
  facts: Facts;
  resources: string[];
  logs: ChangeLog[];
  fitting: Set<string>;
}

const mostEntries = 20;
const minute = 60_000;
/** Minutes after which CloudTrail has an event at the latest ("CloudTrail typically delivers events within about 15 minutes"). */
const delay = 15;

function changesOf(group: TargetGroupContext, { facts, resources, logs, fitting }: Scene): Changes {
  const start = startOf(group, facts.slices.metrics);
  const after = (at: string) =>
    start?.isExact === true ? { minutes: Math.floor((Date.parse(at) - start.at) / minute) } : {};
  const ofAws = callsOn(resources, facts.slices.changes).map(
    (call): ChangeEntry => ({
      at: call.at,
      ...describeCall(call, resources),
      ...(fitting.has(call.id) && { fits: true }),
    }),
  );
  const { from, to } = windowOf(group, facts);
  const inCluster = clusterChanges(group, facts).filter(({ at }) => Date.parse(at) >= from && Date.parse(at) <= to);
  const all = [...ofAws, ...inCluster].map((entry): ChangeEntry => ({ ...entry, ...after(entry.at) }));
  const { entries, left } = nearest(all);
  const age = (Date.parse(facts.takenAt) - (start?.at ?? Date.parse(facts.takenAt))) / minute;
  const isYoung = fitting.size === 0 && (start === undefined || age < delay);
  return {
    ...(start?.isExact === true && { start: new Date(start.at).toISOString().replace('.000', '') }),
    entries,
    notes: [
      ...(left > 0 ? [`${left} more changes around the start`] : []),
      ...(logs.some(({ isCut }) => isCut) ? ['CloudTrail has earlier changes than were read'] : []),
      ...(isYoung ? [`CloudTrail shows a change up to ${delay} minutes late: what changed last may be missing`] : []),
    ],
  };
}

/** Those that fit, and of the others those nearest to the start, or the latest where that is not known. */
function nearest(all: ChangeEntry[]): { entries: ChangeEntry[]; left: number } {
  const distance = ({ fits, minutes, at }: ChangeEntry): number =>
    fits ? Number.NEGATIVE_INFINITY : minutes === undefined ? -Date.parse(at) : Math.abs(minutes);
  const entries = all
    .toSorted((a, b) => distance(a) - distance(b))
    .slice(0, mostEntries)
    .toSorted((a, b) => compareText(a.at, b.at));
  return { entries, left: all.length - entries.length };
}
