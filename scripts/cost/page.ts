import { lambdaPrices } from '../../core/model/run-cost.ts';
import { distributedFrom } from '../../core/survey/scale.ts';
import { renderChangesCost } from './changes.ts';
import { renderFlowLogsCost } from './flow-logs.ts';
import { renderMetricsCost } from './metrics.ts';
import { hoursMonth, prices, runsMonth } from './prices.ts';
import {
  engines,
  type Load,
  lambdaMonth,
  type Mode,
  manyFunctions,
  oneFunction,
  partsOf,
  plansMonth,
  tableMonth,
  watcherMonth,
} from './run.ts';
import { smallest } from './smallest.ts';
import { renderTriggersCost } from './triggers.ts';

/** Of each VPC, and of the deployment: what `lib/` makes. */
const made = { alarmsEach: 5, alarmsOnce: 5, metricsEach: 8, metricsOnce: 1, alarmsDistributed: 2 };

const dollars = (value: number): string => `$${value.toFixed(2)}`;
const seconds = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} s`;
const number = (value: number): string => value.toLocaleString('en-US');

const fixed =
  (made.alarmsEach + made.alarmsOnce) * prices.alarmMonth +
  (made.metricsEach + made.metricsOnce) * prices.customMetricMonth +
  prices.dashboardMonth +
  prices.keyMonth +
  prices.secretMonth;

const logsMonth = ({ causes }: Load, { runs, requests }: Mode): number =>
  ((runs * (1 + requests + causes) * 1024) / 2 ** 30) * prices.logGb;

/** Page and JSON of each report. */
const reportsMonth = ({ runs }: Mode): number => runs * 2 * prices.objectPut;

const schedulesMonth = (runsMonth + runsMonth / 3) * prices.schedule;

const sumOf = (load: Load, mode: Mode): number =>
  lambdaMonth(mode) + tableMonth(load, mode) + logsMonth(load, mode) + reportsMonth(mode) + schedulesMonth + fixed;

const sumOfMany = (load: Load): number =>
  sumOf(load, manyFunctions(load)) +
  engines(load).express +
  plansMonth(load) +
  made.alarmsDistributed * prices.alarmMonth;

/** The text of `docs/cost.md`. */
export function renderCost(loads: Load[]): string {
  const heads = loads.map(({ targetGroups }) => `${number(targetGroups)} groups`);
  const table = (name: string, rows: [string, (load: Load) => string][]): string =>
    [
      `| ${name} | ${heads.join(' | ')} |`,
      `| --- | ${loads.map(() => '---:').join(' | ')} |`,
      ...rows.map(([row, cell]) => `| ${row} | ${loads.map(cell).join(' | ')} |`),
    ].join('\n');
  return `# Cost

Written by \`node scripts/cost.ts\` from prices and from audits measured in the lab: one VPC, ten Services in each cluster,
one of them broken, audited every 5 minutes without a free tier. The last column follows from the growth of the ones before. Calls
are counted in a run that remembers the one before; work is the processor time of the measuring machine, at the share of a
processor that 1,024 MB get; waiting is what 5 calls a second to Elastic Load Balancing take after a burst of 20. Probes that wait
for silent targets come on top: report and log of every run state its own \`gbSeconds\` and \`estimatedUsd\`.

${table('each run', [
  ['clusters', ({ clusters }) => String(clusters)],
  ['calls to Elastic Load Balancing', ({ elbCalls }) => number(elbCalls)],
  ['other calls to AWS', ({ otherAwsCalls }) => number(otherAwsCalls)],
  ['calls to Kubernetes', ({ kubernetesCalls }) => number(kubernetesCalls)],
  ['one function: time', (load) => seconds(oneFunction(load).seconds)],
  ['one function: runs until all are read', (load) => String(oneFunction(load).rounds)],
  ['many functions: parts', (load) => String(partsOf(load))],
  ['many functions: time', (load) => seconds(manyFunctions(load).seconds)],
])}

## One function

\`scale: function\`, the default. A function ends after \`auditor.timeoutMinutes\`; what it could not read has its turn in the next
runs, so that more target groups cost no more and are seen less often.

${table('each month', [
  ['Lambda', (load) => dollars(lambdaMonth(oneFunction(load)))],
  ['DynamoDB, requests', (load) => dollars(tableMonth(load, oneFunction(load)))],
  ['logs', (load) => dollars(logsMonth(load, oneFunction(load)))],
  ['S3, reports', (load) => dollars(reportsMonth(oneFunction(load)))],
  ['EventBridge Scheduler', () => dollars(schedulesMonth)],
  ['alarms, metrics, dashboard, key, secret', () => dollars(fixed)],
  ['**sum**', (load) => `**${dollars(sumOf(load, oneFunction(load)))}**`],
])}

## Many functions

\`scale: distributed\`: the surveyor waits at half of the price, and up to 40 functions read clusters, send probes and diagnose at the
same time. Every run reads everything; the next one begins at the first five minutes after its end.

${table('each month', [
  ['runs', (load) => number(Math.round(manyFunctions(load).runs))],
  ['Lambda', (load) => dollars(lambdaMonth(manyFunctions(load)))],
  ['Step Functions, Express children', (load) => dollars(engines(load).express)],
  ['S3, plans and reports', (load) => dollars(plansMonth(load) + reportsMonth(manyFunctions(load)))],
  ['DynamoDB, requests', (load) => dollars(tableMonth(load, manyFunctions(load)))],
  ['logs', (load) => dollars(logsMonth(load, manyFunctions(load)))],
  ['**sum**', (load) => `**${dollars(sumOfMany(load))}**`],
])}

What starts the parts, waits for them and takes note of those that fail, each month:

${table('by', [
  ['Step Functions, Express children', (load) => dollars(engines(load).express)],
  ['Step Functions, Standard children', (load) => dollars(engines(load).standard)],
  ['SQS, and a count in DynamoDB', (load) => dollars(engines(load).queue)],
  ['the surveyor itself, which waits for them', (load) => dollars(engines(load).direct)],
])}

SQS and a surveyor that waits are some dollars cheaper, and leave time-outs, tolerated failures and the end of a run to code of their
own.

## From where on many functions are better

${crossover(loads)}

## A watcher that never ends

Half a processor and 1 GB of Fargate on arm64 cost ${dollars(watcherMonth)} a month, whatever they do: as much as Lambda's ${number(Math.round(watcherMonth / lambdaPrices.gbSecond / runsMonth))} GB-seconds
at every run. ${watcher(loads)}
It needs one task in each VPC, and something that starts it again.

${renderMetricsCost()}
${renderChangesCost()}
${renderFlowLogsCost()}
${renderTriggersCost()}## What else there is

\`"dashboard": false\` saves ${dollars(prices.dashboardMonth)}. Every further VPC adds a function, ${made.alarmsEach} alarms and ${made.metricsEach} metrics:
${dollars(made.alarmsEach * prices.alarmMonth + made.metricsEach * prices.customMetricMonth)} and its Lambda time. \`endpoints\` add 3 interface endpoints: ${endpoints(1)} in one zone, ${endpoints(2)} in two.
\`scale: auto\` starts the state machine at every run to find out: ${dollars(runsMonth * 4 * prices.transition)} where one function is enough.

Prices in us-east-1: Lambda on arm64 $${lambdaPrices.gbSecond} a GB-second and $${(lambdaPrices.request * 1e6).toFixed(2)} a million
requests; DynamoDB on demand $${(prices.tableWrite * 1e6).toFixed(3)} a million writes and $${(prices.tableRead * 1e6).toFixed(3)} a million reads; logs ${dollars(prices.logGb)} a GB; CloudWatch metrics
${dollars(prices.metricRead * 1000)} a thousand that are read; S3 $${(prices.objectPut * 1000).toFixed(3)} a thousand puts
and $${(prices.objectGet * 1000).toFixed(4)} a thousand gets; Step Functions $${(prices.transition * 1000).toFixed(3)} a thousand transitions, ${dollars(prices.expressRequest * 1e6)} a million Express requests and
$${prices.expressGbSecond} a GB-second; SQS $${(prices.queueRequest * 1e6).toFixed(2)} a million requests; Fargate on arm64 $${prices.fargateCpuHour} a vCPU-hour and $${prices.fargateGbHour} a
GB-hour; alarm ${dollars(prices.alarmMonth)}, metric ${dollars(prices.customMetricMonth)}, dashboard ${dollars(prices.dashboardMonth)}, key ${dollars(prices.keyMonth)}, secret ${dollars(prices.secretMonth)} a month; interface endpoint ${dollars(prices.endpointHour)} an hour and zone.
Not counted: storage, messages, traces, and traffic.
`;
}

const endpoints = (zones: number): string => dollars(3 * zones * prices.endpointHour * hoursMonth);

const say = (count: number | undefined): string =>
  count === undefined ? 'more than 10,000' : `about ${number(count)}`;

function crossover(loads: Load[]): string {
  const cheaper = smallest(loads, (load) => sumOfMany(load) < sumOf(load, oneFunction(load)));
  const late = smallest(loads, (load) => oneFunction(load).rounds > 1);
  return `Many functions are cheaper than one from ${say(cheaper)} target groups on, because waiting is; one function needs more than one run for
the account from ${say(late)} on. \`auto\` changes over at ${distributedFrom.targetGroups} target groups or ${distributedFrom.clusters} clusters.`;
}

function watcher(loads: Load[]): string {
  const one = smallest(loads, (load) => lambdaMonth(oneFunction(load)) > watcherMonth);
  const many = smallest(loads, (load) => lambdaMonth(manyFunctions(load)) + engines(load).express > watcherMonth);
  return `One function costs more from ${say(one)} target groups on, many functions from ${say(many)} on.`;
}
