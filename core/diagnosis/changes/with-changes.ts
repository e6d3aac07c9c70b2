import { callsOn, logsOf } from '../../history/changes/calls.ts';
import { describeCall } from '../../history/changes/describe-call.ts';
import { canHaveBegun, startOf } from '../../history/changes/incident-start.ts';
import type { ChangeEntry, Changes } from '../../model/changes/changes.ts';
import type { ChangeLog, RecordedCall } from '../../model/changes/recorded-call.ts';
import type { CheckResult } from '../../model/check-result.ts';
import { type Diagnosis, hasRecovered, isWrong } from '../../model/diagnosis.ts';
import type { Facts } from '../../model/facts.ts';
import { compareText, type TargetGroupContext } from '../../model/target-group-context.ts';
import type { Check } from '../check.ts';
import { resourcesOf, windowOf } from './change-queries.ts';
import { clusterChanges } from './cluster-changes.ts';

/** The same diagnoses of a target group; what is wrong, or was between two runs, says what changed around its start, where that was read. */
export function withChanges(
  diagnoses: Diagnosis[],
  group: TargetGroupContext,
  { facts, results, checks }: { facts: Facts; results: CheckResult[]; checks: readonly Check[] },
): Diagnosis[] {
  const { changes } = facts.slices;
  if (changes.length === 0 || !diagnoses.some(isAsked)) return diagnoses;
  const resources = resourcesOf(group, facts);
  const logs = logsOf(resources, changes);
  if (logs.length === 0) return diagnoses;
  return diagnoses.map((diagnosis) =>
    isAsked(diagnosis)
      ? {
          ...diagnosis,
          changes: changesOf(group, { facts, resources, logs, fitting: fittingOf(diagnosis, { results, checks }) }),
        }
      : diagnosis,
  );
}

/** True where it is asked what changed: of what is wrong, and of what was wrong between two runs. */
const isAsked = (diagnosis: Diagnosis): boolean => isWrong(diagnosis) || hasRecovered(diagnosis);

/** What a change has to be to fit the cause of a diagnosis. */
interface Fitting {
  /** Ids of the calls that the evidence names. */
  named: ReadonlySet<string>;
  /** Calls by which the cause can begin. */
  begunBy: readonly string[];
}

const fittingOf = (
  { cause }: Diagnosis,
  { results, checks }: { results: CheckResult[]; checks: readonly Check[] },
): Fitting => ({
  named: new Set(
    results.flatMap((result) =>
      result.check === cause && result.outcome === 'found' ? result.evidence.flatMap(({ calls }) => calls ?? []) : [],
    ),
  ),
  begunBy: checks.find(({ id }) => id === cause)?.begunBy ?? [],
});

/** Ids of the calls that fit: those that the evidence names, else the last of those by which the cause can begin, in time for the start. */
function fittingCalls(calls: RecordedCall[], { named, begunBy }: Fitting, canHaveBegunIt: (at: string) => boolean) {
  if (named.size > 0) return named;
  const last = calls.findLast(
    ({ action, error, at }) => begunBy.includes(action) && error === undefined && canHaveBegunIt(at),
  );
  return new Set(last === undefined ? [] : [last.id]);
}

interface Scene {
  facts: Facts;
  resources: string[];
  logs: ChangeLog[];
  fitting: Fitting;
}

const mostEntries = 20;
const minute = 60_000;
/** Minutes after which CloudTrail has an event at the latest ("CloudTrail typically delivers events within about 15 minutes"). */
const delay = 15;

function changesOf(group: TargetGroupContext, { facts, resources, logs, fitting: wanted }: Scene): Changes {
  const start = startOf(group, facts.slices.metrics);
  const calls = callsOn(resources, facts.slices.changes);
  // Only a start to the minute shows that a call came in time.
  const fitting = fittingCalls(calls, wanted, (at) => start?.isExact === true && canHaveBegun(group, at, start));
  const after = (at: string) =>
    start?.isExact === true ? { minutes: Math.floor((Date.parse(at) - start.at) / minute) } : {};
  // The controller is refused again and again: of such calls only those are told that the cause follows from.
  const ofAws = calls
    .filter(({ id, objects }) => fitting.has(id) || objects.some((object) => resources.includes(object)))
    .map(
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
