import { costOf } from '../../core/model/run-cost.ts';
import type { Memory } from '../../core/notification/memory.ts';
import type { Pace, SurveyMemory } from '../../core/survey/survey-memory.ts';
import { timetable } from '../../core/survey/timetable.ts';
import { connect } from '../aws/clients.ts';
import type { CollectOptions } from '../collect/vantage.ts';
import { observe } from '../observe.ts';
import { type JudgedRun, type JudgeOptions, judge, judgeablesOf, urgentOf } from './judge.ts';

export interface AuditRunOptions extends Omit<JudgeOptions, 'until'> {
  id: string;
  vantage: CollectOptions;
  memoryMb: number;
  /** Epoch milliseconds at which the run is killed. */
  endsAt: number;
  remembered: { memory: Memory; survey: SurveyMemory };
}

/** A run as it is judged, and what the next one is to remember of its survey. */
export interface AuditRun extends JudgedRun {
  survey: Omit<SurveyMemory, 'pace'>;
}

/** The line of a deployed auditor: memory first, then what it needs most, for as long as it can be judged and saved in time. */
export async function runAudit(options: AuditRunOptions): Promise<AuditRun> {
  const { id, settings, scope, vantage, memoryMb, endsAt, remembered } = options;
  const { elbCallsPerSecond, probe, metrics, changes, flowLogs, checks } = settings;
  const { memory, survey } = remembered;
  const now = Date.now();
  const remainingMs = Math.max(0, endsAt - now);
  const readable = Math.ceil((remainingMs / 1000) * elbCallsPerSecond);
  const groups = survey.readings.size === 0 ? readable : Math.min(survey.readings.size, readable);
  const times = timetable(remainingMs, groups, survey.pace);

  const signal = AbortSignal.timeout(Math.round(times.observeMs));
  const clients = connect({ callsPerSecond: elbCallsPerSecond, signal });
  try {
    const urgent = urgentOf(memory);
    const turn = { memory: survey, urgent, until: now + times.surveyMs };
    const past = { metrics, changes, flowLogs, urgent };
    const observed = await observe(clients, { id, scope, ...vantage, probe, turn, past, checks });
    const durationMs = Date.parse(observed.run.finishedAt) - Date.parse(observed.run.startedAt);
    const run = { ...observed.run, cost: costOf({ durationMs, memoryMb }) };
    const judged = await judge({ ...observed, run }, judgeablesOf(observed.facts, options), {
      ...options,
      until: now + times.concludeMs,
    });
    return { ...judged, survey: observed.memory };
  } finally {
    clients.close();
  }
}

/** What is left of an earlier pace after each quicker run, so that one lucky run does not make the next one late. */
const memoryOfPace = 0.8;

/** The pace to plan the next run by: what this one measured, or most of what was known where that is slower. */
export const paceOf = (measured: Pace, before: Pace = { concludeMsPerGroup: 0, closingMs: 0 }): Pace => ({
  concludeMsPerGroup: Math.max(measured.concludeMsPerGroup, before.concludeMsPerGroup * memoryOfPace),
  closingMs: Math.max(measured.closingMs, before.closingMs * memoryOfPace),
});
