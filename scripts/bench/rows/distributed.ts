import { availableParallelism } from 'node:os';
import type { RunSummary } from '../../../core/lifecycle/run-summary.ts';
import type { Lab } from '../../../lab/lab.ts';
import type { StageAnswer, StageEvent } from '../../../lambda/stages.ts';
import { callsPerSecond, elbCallsIn, elbLimits, type Invoked, invokeAuditor, startLimitedLab } from '../auditor.ts';
import type { Row } from '../row.ts';

const [clusters, services] = [200, 15];
const groups = clusters * services;

/** Seconds: the surveyor's time-out, and that of the functions which do the other stages. */
const [surveySeconds, stageSeconds] = [900, 300];
/** Lambda gives as many as are asked for; here those that run at once take each other's time. */
const partsAtOnce = availableParallelism();
const mostRuns = 4;
const allowed = 1.1;

/** An account that is read by many functions, each in a process of its own, in the order of the state machine. */
export const distributed: Row = {
  id: 'distributed',
  what:
    `runs that many functions share, at the default of ${callsPerSecond} calls a second, until all of ${groups} target groups ` +
    `of ${clusters} clusters are read, one in ${services} broken; ${elbLimits}`,
  goal: `≤ ${allowed} × (calls − 40) / share`,
  async measure() {
    const lab = await startLimitedLab(clusters, services);
    const seen = new Set<unknown>();
    const lines = [];
    let calls = 0;
    for (let run = 1; run <= mostRuns && seen.size < groups; run += 1) {
      const from = lab.calls.length;
      const { answer, ...took } = await runOnce(lab);
      const made = elbCallsIn(lab.calls.slice(from));
      calls += made.calls.length;
      for (const arn of made.read) seen.add(arn);
      lines.push({
        run,
        ...took,
        read: made.read.length,
        'read so far': seen.size,
        causes: answer.diagnoses.unhealthy,
        unexplained: answer.diagnoses.unexplained,
        calls: made.calls.length,
        throttled: made.calls.filter(({ status }) => status !== 200).length,
      });
    }
    await lab.close();
    const seconds = lines.reduce((sum, line) => sum + line.seconds, 0);
    const ratio = seconds / ((calls - 40) / callsPerSecond);
    return {
      result: `${seen.size} of ${groups} read in ${Math.round(seconds)} s, in ${lines.length} ${lines.length === 1 ? 'run' : 'runs'}: ${ratio.toFixed(2)} ×`,
      met: seen.size === groups && ratio <= allowed,
      tables: [{ title: 'Runs', lines }],
      notes: [
        `The stages run in the order of the state machine, without its own waiting. Parts are audited ${partsAtOnce} at a time, ` +
          'as many as there are processors; in an account 40 are.',
      ],
    };
  },
};

/** One run; seconds of its stages as they follow each other, and the processor time of all functions. */
async function runOnce(lab: Lab) {
  const time = new Date().toISOString();
  const bucket = 'eks-nlb-auditor-reports';
  const settings = { scale: 'distributed', planBucket: bucket };
  const functions: Invoked<StageAnswer>[] = [];
  const seconds: Record<string, number> = {};
  type Stage = StageEvent extends infer Event ? (Event extends StageEvent ? Omit<Event, 'time'> : never) : never;
  async function invoke(event: Stage, timeoutSeconds = stageSeconds): Promise<StageAnswer> {
    const invoked = await invokeAuditor<StageAnswer>(lab, { time, ...event }, { timeoutSeconds, settings });
    functions.push(invoked);
    return invoked.answer;
  }
  async function timed<Answer>(stage: string, act: () => Promise<Answer>): Promise<Answer> {
    const began = performance.now();
    const answer = await act();
    seconds[stage] = Math.round((performance.now() - began) / 100) / 10;
    return answer;
  }

  const course = await timed('survey', () => invoke({ stage: 'survey' }, surveySeconds));
  if (!('items' in course)) throw new Error('the surveyor does not share the run');
  await timed('network', () => invoke({ stage: 'network' }));
  const items: { index: number }[] = JSON.parse(lab.objects.get(course.items)?.body.toString() ?? '[]');
  const waiting = [...items];
  const parts: { index: number }[] = [];
  await timed('parts', () =>
    Promise.all(
      Array.from({ length: partsAtOnce }, async () => {
        for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
          await invoke({ stage: 'part', index: item.index });
          parts.push(item);
        }
      }),
    ),
  );
  const answer = (await timed('join', () => invoke({ stage: 'join', lease: course.lease, parts }))) as RunSummary;
  return {
    answer,
    seconds: Math.round(Object.values(seconds).reduce((sum, each) => sum + each, 0) * 10) / 10,
    'survey s': seconds['survey'] ?? 0,
    'network s': seconds['network'] ?? 0,
    'parts s': seconds['parts'] ?? 0,
    'join s': seconds['join'] ?? 0,
    parts: items.length,
    cpuSeconds: Math.round(functions.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0) * 10) / 10,
    peakMb: Math.max(...functions.map(({ maxRssMb }) => maxRssMb)),
  };
}
