import { prices } from './prices.ts';

const sizes = [10, 100, 1000, 3000];
const dollars = (value: number): string => `$${value.toFixed(2)}`;

/** Requests of a month by which Lambda waits at a queue: five at a time, 20 seconds each (Lambda developer guide, "Amazon SQS"). */
const polls = 5 * 3 * 60 * 24 * 30;

/** Of the function that starts audits. */
const ownAlarm = prices.alarmMonth;

/** What a trigger costs while nothing happens. */
const idle = polls * prices.queueRequest + ownAlarm;

/** The section of `docs/cost.md` about `triggers`. */
export function renderTriggersCost(): string {
  const row = (name: string, cost: (groups: number) => number): string =>
    `| ${name} | ${sizes.map((groups) => dollars(cost(groups))).join(' | ')} |`;
  return `## Triggers

\`triggers: []\`, the default, makes nothing. With any, a queue is waited at all month and one alarm watches the function: ${dollars(idle)}. An audit that
a trigger starts reads the clusters of the target groups concerned and costs what that part of a run costs; at most one a minute for each.

\`alarms\` watches one metric of each target group of a Network Load Balancer in the Region, whoever it belongs to. Each month:

| \`alarms\` by | ${sizes.map((groups) => `${groups.toLocaleString('en-US')} groups`).join(' | ')} |
| --- | ${sizes.map(() => '---:').join(' | ')} |
${row('one alarm over all, a Metrics Insights query (what is made)', (groups) => groups * prices.alarmQueryMetricMonth)}
${row('one alarm for each target group', (groups) => groups * prices.alarmMonth)}
${row('one alarm for each load balancer with five target groups, by metric math', (groups) => groups * prices.alarmMonth)}

CloudWatch bills alarms by the metrics that they watch, so that one over all costs the same as many; only the first ten of the account's
other alarms are free. The one over all is made at deployment, knows load balancers that come later, and needs no right to make alarms.
A load balancer has no metric of unhealthy targets that covers its target groups together.

\`changes\` adds no price: events of AWS are free in EventBridge, and so is the first trail of management events in CloudTrail.
A change of a security group reads the baselines of all target groups from the table, half a read for each 8 KB of them.

`;
}
