import { child } from '../child.ts';
import type { Row } from '../row.ts';

/** Milliseconds from the event in the queue until each step was done. */
export interface TriggerRun {
  startedMs: number;
  auditedMs: number;
  messageMs: number;
}

const runsEach = 5;
const mostSeconds = 10;

/** From the event of an alarm to the message in Slack, by the three functions. */
export const trigger: Row = {
  id: 'trigger',
  what: 'from the event that a target group is unhealthy to the message in Slack: trigger, audit of that group, notifier, each started afresh',
  goal: `< ${mostSeconds} s`,
  async measure() {
    const runs: TriggerRun[] = [];
    for (let run = 0; run < runsEach; run += 1)
      runs.push(await child<TriggerRun>(['scripts/bench/rows/trigger-run.ts']));
    const sorted = runs.toSorted((a, b) => a.messageMs - b.messageMs);
    const middle = sorted[Math.floor(runsEach / 2)];
    const last = sorted.at(-1);
    const seconds = (ms = 0): string => `${(ms / 1000).toFixed(1)} s`;
    return {
      result: `${seconds(middle?.messageMs)} in the middle of ${runsEach}, ${seconds(last?.messageMs)} at most`,
      met: (last?.messageMs ?? Number.POSITIVE_INFINITY) < mostSeconds * 1000,
      tables: [{ title: 'Milliseconds since the event', lines: runs.map((run) => ({ ...run })) }],
      notes: [
        'AWS adds its own: Elastic Load Balancing counts by the minute and CloudWatch evaluates every minute, about two minutes from the failed health check to the event; the queue waits up to 5 seconds for what comes together; cold functions take a second or two to start.',
      ],
    };
  },
};
