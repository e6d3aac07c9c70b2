/** Measures audits of 1, 10 and 100 clusters in the lab and writes docs/cost.md with what they would cost on AWS. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { costOf, lambdaPrices } from '../core/model/run-cost.ts';
import type { Incident } from '../lab/faults/incident.ts';
import { settleWith } from '../lab/faults/incident.ts';
import { podCrashloop } from '../lab/scenarios/pod-crashloop.ts';
import { startLab } from '../lab/start.ts';
import { buildAccount } from '../lab/world/account.ts';
import { addCluster } from '../lab/world/cluster.ts';
import { addWorkload } from '../lab/world/pod/workload.ts';
import { addService } from '../lab/world/service.ts';
import type { World } from '../lab/world/world.ts';
import { prices, runsMonth } from './cost/prices.ts';

const hoursMonth = 730;
const memoryMb = 1024;
const elbCallsPerSecond = 5;
const elbBurst = 5;
const servicesEach = 10;
/** Of each VPC, and of the deployment: what `lib/` makes. */
const made = { alarmsEach: 5, alarmsOnce: 5, metricsEach: 8, metricsOnce: 1 };

interface Measured {
  clusters: number;
  targetGroups: number;
  causes: number;
  workMs: number;
  elbCalls: number;
  otherAwsCalls: number;
  kubernetesCalls: number;
  durationMs: number;
}

const rows: Measured[] = [];
for (const clusters of [1, 10, 100]) rows.push(await measure(clusters));
writeFileSync('docs/cost.md', page(rows));
console.log(rows);
process.exit(0);

/** One VPC with so many clusters of ten Services each, one of them broken. */
function account(clusters: number): World {
  const world = buildAccount({});
  const incidents: Incident[] = [];
  for (let number = 0; number < clusters; number += 1) {
    const name = `cluster-${number}`;
    const cluster = addCluster(world, { name });
    for (let index = 1; index < servicesEach; index += 1) {
      const place = { namespace: 'team', name: `service-${index}` };
      addWorkload(world, cluster, { ...place, replicas: 3 });
      addService(world, cluster, { ...place, targetType: 'ip' });
    }
    incidents.push({ scenario: podCrashloop, cluster: name, namespace: 'team', service: 'broken' });
  }
  return settleWith(world, incidents);
}

/** Wall time without the limit on calls, and what the limit adds: Lambda bills both. */
async function measure(clusters: number): Promise<Measured> {
  const lab = await startLab(account(clusters), { sockets: false });
  const env = { ...process.env, ...lab.env };
  const options = { env, maxBuffer: 2 ** 26 };
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/cost/audit.ts'], options);
  await lab.close();
  const { apiCalls, workMs, targetGroups, causes } = JSON.parse(stdout) as {
    apiCalls: Record<string, number>;
    workMs: number;
    targetGroups: number;
    causes: number;
  };
  const calls = (pattern: RegExp): number =>
    Object.entries(apiCalls).reduce((sum, [action, count]) => sum + (pattern.test(action) ? count : 0), 0);
  const elbCalls = calls(/^elasticloadbalancing:/);
  const durationMs = workMs + (Math.max(0, elbCalls - elbBurst) / elbCallsPerSecond) * 1000;
  return {
    clusters,
    targetGroups,
    causes,
    workMs,
    elbCalls,
    otherAwsCalls: calls(/^(eks|ec2|sts):/),
    kubernetesCalls: calls(/^kubernetes:/),
    durationMs,
  };
}

function page(measured: Measured[]): string {
  const dollars = (value: number): string => `$${value.toFixed(2)}`;
  const monthly = measured.map(({ durationMs, causes }) => {
    const lambda = costOf({ durationMs, memoryMb }).estimatedUsd * runsMonth;
    // A run takes and gives back its lease, keeps its numbers, and looks at each open finding once.
    const table = runsMonth * (3 * prices.tableWrite + (1 + causes) * (prices.tableWrite + prices.tableRead));
    const logs = ((runsMonth * (2 + causes) * 1024) / 2 ** 30) * prices.logGb;
    const alarms = (made.alarmsEach + made.alarmsOnce) * prices.alarmMonth;
    const metrics = (made.metricsEach + made.metricsOnce) * prices.customMetricMonth;
    const fixed = alarms + metrics + prices.dashboardMonth + prices.keyMonth + prices.secretMonth;
    // The report of a run is a page and a JSON file.
    const reports = runsMonth * 2 * prices.objectPut;
    const schedules = (runsMonth + runsMonth / 3) * prices.schedule;
    const sum = lambda + table + logs + reports + fixed + schedules;
    return { lambda, table, logs, reports, fixed, schedules, sum };
  });
  const row = (name: string, cell: (index: number) => string) =>
    `| ${name} | ${measured.map((_, index) => cell(index)).join(' | ')} |`;
  const of = <T>(list: T[], index: number, tell: (item: T) => string) => {
    const item = list[index];
    return item === undefined ? '' : tell(item);
  };
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  const endpoints = (zones: number) => dollars(3 * zones * prices.endpointHour * hoursMonth);
  return `# Cost

Written by \`node scripts/cost.ts\` from prices and from audits measured in the lab: one VPC, ten Services in each cluster,
one of them broken, audited every 5 minutes without a free tier. Calls are counted; the time is that of the audit on the
measuring machine plus what ${elbCallsPerSecond} calls a second to Elastic Load Balancing take. The network of AWS is slower and
probes wait for silent targets, so that real runs take longer: report and log of every run state its own \`gbSeconds\` and
\`estimatedUsd\`.

| each run | ${measured.map(({ clusters }) => `${clusters} cluster${clusters === 1 ? '' : 's'}`).join(' | ')} |
| --- | ${measured.map(() => '---:').join(' | ')} |
${row('target groups', (index) => of(measured, index, ({ targetGroups }) => String(targetGroups)))}
${row('calls to Elastic Load Balancing', (index) => of(measured, index, ({ elbCalls }) => String(elbCalls)))}
${row('other calls to AWS', (index) => of(measured, index, ({ otherAwsCalls }) => String(otherAwsCalls)))}
${row('calls to Kubernetes', (index) => of(measured, index, ({ kubernetesCalls }) => String(kubernetesCalls)))}
${row('work', (index) => of(measured, index, ({ workMs }) => seconds(workMs)))}
${row('work and waiting', (index) => of(measured, index, ({ durationMs }) => seconds(durationMs)))}
${row('GB-seconds', (index) => of(measured, index, ({ durationMs }) => costOf({ durationMs, memoryMb }).gbSeconds.toFixed(1)))}

| each month | ${measured.map(({ clusters }) => `${clusters} cluster${clusters === 1 ? '' : 's'}`).join(' | ')} |
| --- | ${measured.map(() => '---:').join(' | ')} |
${row('Lambda', (index) => of(monthly, index, ({ lambda }) => dollars(lambda)))}
${row('DynamoDB, requests', (index) => of(monthly, index, ({ table }) => dollars(table)))}
${row('logs', (index) => of(monthly, index, ({ logs }) => dollars(logs)))}
${row('S3, reports', (index) => of(monthly, index, ({ reports }) => dollars(reports)))}
${row('EventBridge Scheduler', (index) => of(monthly, index, ({ schedules }) => dollars(schedules)))}
${row('alarms, metrics, dashboard, key, secret', (index) => of(monthly, index, ({ fixed }) => dollars(fixed)))}
${row('**sum**', (index) => of(monthly, index, ({ sum }) => `**${dollars(sum)}**`))}

\`"dashboard": false\` saves ${dollars(prices.dashboardMonth)}. Every further VPC adds a function, ${made.alarmsEach} alarms and ${made.metricsEach} metrics:
${dollars(made.alarmsEach * prices.alarmMonth + made.metricsEach * prices.customMetricMonth)} and its Lambda time. \`endpoints\` add 3 interface endpoints: ${endpoints(1)} in one zone, ${endpoints(2)} in two.

Prices in us-east-1: Lambda on arm64 $${lambdaPrices.gbSecond} a GB-second and $${(lambdaPrices.request * 1e6).toFixed(2)} a million
requests; DynamoDB on demand $${(prices.tableWrite * 1e6).toFixed(3)} a million writes and $${(prices.tableRead * 1e6).toFixed(3)} a million reads; logs ${dollars(prices.logGb)} a GB; S3 $${(prices.objectPut * 1000).toFixed(3)} a thousand puts; alarm
${dollars(prices.alarmMonth)}, metric ${dollars(prices.customMetricMonth)}, dashboard ${dollars(prices.dashboardMonth)}, key ${dollars(prices.keyMonth)}, secret ${dollars(prices.secretMonth)} a month; interface endpoint ${dollars(prices.endpointHour)} an hour and zone.
Not counted: storage, messages, traces, and traffic.
`;
}
