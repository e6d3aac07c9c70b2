import type { Report } from '../../core/model/report.ts';
import { emptyMemory, type Memory } from '../../core/notification/memory.ts';
import { type Message, messageOf } from '../../core/notification/message.ts';
import { type ReconciledState, reconcileState } from '../../core/notification/reconcile-state.ts';
import { renderEventBridge } from '../../core/render/message/event-bridge.ts';
import { renderPagerDuty } from '../../core/render/message/pager-duty.ts';
import { renderSlack } from '../../core/render/message/slack.ts';
import { renderSlackIncident, renderSlackReply } from '../../core/render/message/slack-incident.ts';
import { renderSns } from '../../core/render/message/sns.ts';
import { renderTeams } from '../../core/render/message/teams.ts';
import { outputs } from '../../core/render/outputs.ts';
import { rules } from './observed.ts';

const vpcId = 'vpc-028fc6e48599e1630';

/** Runs that find the same, so often that it opens. */
export function someRuns(report: Report): ReconciledState[] {
  const runs: ReconciledState[] = [];
  let before: Memory = emptyMemory();
  for (const minutes of [0, 10, 20, 60 * 24 * 8]) {
    const finishedAt = new Date(Date.parse(report.run.finishedAt) + minutes * 60_000).toISOString();
    const run = reconcileState(before, { ...report, run: { ...report.run, id: finishedAt, finishedAt } }, rules);
    runs.push(run);
    before = run.memory;
  }
  return runs;
}

/** What those runs tell, one message for each change. */
export const messagesOf = (runs: ReconciledState[]): Message[] =>
  runs.flatMap(({ changes }) => changes.map((change) => messageOf(change)));

/** A message as every channel gets it, by medium. */
export const channelsOf = (message: Message): [string, string][] =>
  Object.entries({
    sns: renderSns(message, { vpcId }),
    'slack webhook': renderSlack(message),
    slack: renderSlackIncident(message, {}),
    'slack thread': renderSlackReply(message),
    teams: renderTeams(message),
    pagerduty: renderPagerDuty(message),
    eventbridge: renderEventBridge(message, { vpcId }),
  }).map(([medium, rendered]) => [medium, JSON.stringify(rendered)]);

/** Everything that people see of a report, by medium. */
export const mediaOf = (report: Report): [string, string][] => [
  ...Object.entries(outputs).map(([form, render]): [string, string] => [form, render(report)]),
  ...messagesOf(someRuns(report)).flatMap(channelsOf),
];
