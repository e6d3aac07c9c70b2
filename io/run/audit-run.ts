import type { Settings } from '../../config/settings.ts';
import { type Assessment, assemble } from '../../core/diagnosis/assess.ts';
import { catalogue } from '../../core/diagnosis/catalogue.ts';
import { gradedChecks } from '../../core/diagnosis/check-settings.ts';
import { type Conclusion, conclude } from '../../core/diagnosis/conclusion.ts';
import { withLastVerdicts } from '../../core/lifecycle/carry-over.ts';
import { afterChanges } from '../../core/lifecycle/reconcile-findings.ts';
import { changesOfSlice, leftUnjudged } from '../../core/lifecycle/slice.ts';
import { withMemory } from '../../core/lifecycle/timeline.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { Change, Finding } from '../../core/model/finding.ts';
import { indexFacts, sharedLists } from '../../core/model/indexed.ts';
import type { Scope } from '../../core/model/inventory.ts';
import type { Report } from '../../core/model/report.ts';
import { costOf } from '../../core/model/run-cost.ts';
import type { Memory } from '../../core/notification/memory.ts';
import { type ReconciledState, reconcileState } from '../../core/notification/reconcile-state.ts';
import type { Pace, SurveyMemory } from '../../core/survey/survey-memory.ts';
import { timetable } from '../../core/survey/timetable.ts';
import { connect } from '../aws/clients.ts';
import type { CollectOptions } from '../collect/collect.ts';
import { type Observed, observe } from '../observe.ts';

export interface AuditRunOptions {
  id: string;
  settings: Settings;
  scope: Scope;
  vantage: CollectOptions;
  memoryMb: number;
  /** Epoch milliseconds at which the run is killed. */
  endsAt: number;
  remembered: { memory: Memory; survey: SurveyMemory };
  /** Receives what each cluster changes as soon as that is known. */
  save(changes: Change[]): Promise<void>;
}

export interface AuditRun extends Pick<ReconciledState, 'announcements'>, Pick<Assessment, 'setups'> {
  /** With history, and with the last verdict on what was not read. */
  report: Report;
  /** Everything that changed, also what was handed to `save` before. */
  changes: Change[];
  /** The part of it that is still to be saved. */
  unsaved: Change[];
  /** Memory after the run. */
  findings: Finding[];
  observed: Observed;
  survey: Omit<SurveyMemory, 'pace'>;
  concludeMsPerGroup: number;
}

/** The line of a deployed auditor: memory first, then what it needs most, for as long as it can be judged and saved in time. */
export async function runAudit(options: AuditRunOptions): Promise<AuditRun> {
  const { id, settings, scope, vantage, memoryMb, endsAt, remembered } = options;
  const { elbCallsPerSecond, probe } = settings;
  const { memory, survey } = remembered;
  const now = Date.now();
  const remainingMs = Math.max(0, endsAt - now);
  const readable = Math.ceil((remainingMs / 1000) * elbCallsPerSecond);
  const groups = survey.readings.size === 0 ? readable : Math.min(survey.readings.size, readable);
  const times = timetable(remainingMs, groups, survey.pace);

  const signal = AbortSignal.timeout(Math.round(times.observeMs));
  const clients = connect({ callsPerSecond: elbCallsPerSecond, signal });
  try {
    const turn = { memory: survey, urgent: urgentOf(memory), until: now + times.surveyMs };
    const observed = await observe(clients, { id, scope, ...vantage, probe, turn });
    const durationMs = Date.parse(observed.run.finishedAt) - Date.parse(observed.run.startedAt);
    const run = { ...observed.run, cost: costOf({ durationMs, memoryMb }) };
    return await judge({ ...observed, run }, options, now + times.concludeMs);
  } finally {
    clients.close();
  }
}

/** Judges cluster by cluster, those with findings first, and hands over what each changes; puts all together at the end. */
async function judge(observed: Observed, options: AuditRunOptions, until: number): Promise<AuditRun> {
  const { run, inventory, facts, memory: survey } = observed;
  const { settings, scope, remembered, save } = options;
  const { memory } = remembered;
  const judging = {
    checks: gradedChecks(catalogue, settings.checks),
    teamLabel: settings.teamLabel,
    setups: memory.setups,
  };
  const conclusions = new Map<Facts, Conclusion>();
  const saved: Change[] = [];
  const shared = sharedLists(facts);
  let [judgedGroups, judgingMs] = [0, 0];
  for (const each of mostNeededFirst(facts, urgentOf(memory))) {
    const began = Date.now();
    if (began >= until) {
      conclusions.set(each, leftUnjudged(each));
      continue;
    }
    const conclusion = conclude(indexFacts(each, shared), judging);
    conclusions.set(each, conclusion);
    judgedGroups += conclusion.groups.length;
    judgingMs += Date.now() - began;
    if (each.cluster === null) continue;
    const { name: cluster } = each.cluster;
    const changes = changesOfSlice(conclusion, {
      run: { run, inventory },
      cluster,
      findings: memory.findings,
      lifeCycle: settings.lifeCycle,
    });
    // One after the other: what a cluster changes is safe before the next one is judged.
    await save(changes);
    saved.push(...changes);
  }

  const { report: judged, setups } = assemble(
    { run, inventory },
    facts.flatMap((each) => conclusions.get(each) ?? []),
  );
  const sofar = { ...memory, findings: afterChanges(memory.findings, saved) };
  const { changes: unsaved, announcements, memory: after } = reconcileState(sofar, judged, settings, scope);
  return {
    report: withLastVerdicts(withMemory(judged, after.findings), after.findings),
    changes: [...saved, ...unsaved],
    unsaved,
    findings: after.findings,
    announcements,
    setups,
    observed,
    survey,
    concludeMsPerGroup: judgedGroups === 0 ? 0 : judgingMs / judgedGroups,
  };
}

/** Target groups by ARN and clusters by name that have open or suspected findings. */
function urgentOf({ findings }: Memory): ReadonlySet<string> {
  const alive = findings.filter(({ status }) => status !== 'resolved');
  return new Set(
    alive.flatMap(({ targetGroupArns, diagnoses }) => [
      ...targetGroupArns,
      ...diagnoses.flatMap(({ cluster }) => cluster ?? []),
    ]),
  );
}

const mostNeededFirst = (facts: Facts[], urgent: ReadonlySet<string>): Facts[] => {
  const isUrgent = ({ cluster }: Facts): boolean => cluster !== null && urgent.has(cluster.name);
  return [...facts.filter(isUrgent), ...facts.filter((each) => !isUrgent(each))];
};

/** What is left of an earlier pace after each quicker run, so that one lucky run does not make the next one late. */
const memoryOfPace = 0.8;

/** The pace to plan the next run by: what this one measured, or most of what was known where that is slower. */
export const paceOf = (measured: Pace, before: Pace = { concludeMsPerGroup: 0, closingMs: 0 }): Pace => ({
  concludeMsPerGroup: Math.max(measured.concludeMsPerGroup, before.concludeMsPerGroup * memoryOfPace),
  closingMs: Math.max(measured.closingMs, before.closingMs * memoryOfPace),
});
