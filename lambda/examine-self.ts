import { emptySurveyMemory } from '../core/survey/survey-memory.ts';
import { timetable } from '../core/survey/timetable.ts';
import { connect } from '../io/aws/clients.ts';
import type { Examination } from '../io/doctor/examination.ts';
import { examineAccess } from '../io/doctor/examine-access.ts';
import { log } from '../io/log.ts';
import { observe } from '../io/observe.ts';
import type { Invocation } from './invocation.ts';

/** What the auditor needs: how many things are there, and which are missing. */
export interface Diagnostics {
  present: number;
  missing: Examination[];
}

/** Tries everything that an audit needs, from where the function runs. */
export async function examineSelf({ settings, scope, vantage, endsAt }: Invocation): Promise<Diagnostics> {
  const { elbCallsPerSecond, reportBucket, checks, metrics, changes, flowLogs } = settings;
  const now = Date.now();
  const { surveyMs, observeMs } = timetable(Math.max(0, endsAt - now), 0);
  const signal = AbortSignal.timeout(Math.round(observeMs));
  const turn = { memory: emptySurveyMemory(), urgent: new Set<string>(), until: now + surveyMs };
  const clients = connect({ callsPerSecond: elbCallsPerSecond, signal });
  try {
    const { inventory, facts } = await observe(clients, { scope, ...vantage, probe: false, turn, checks });
    const bucket = reportBucket === undefined ? {} : { reportBucket };
    const examinations = await examineAccess({
      inventory,
      facts,
      clients,
      past: { metrics, changes, flowLogs },
      ...bucket,
    });
    const missing = examinations.filter(({ ok }) => !ok);
    for (const each of missing) log('warn', 'missing', { ...each });
    return { present: examinations.length - missing.length, missing };
  } finally {
    clients.close();
  }
}
