/**
 * Runs the deployed function's handler several times in a row against a stand-in account and prints what each run read, as
 * JSON: `node scripts/bench/rotation.ts CLUSTERS SERVICES_EACH [RUNS] [CALLS_PER_SECOND] [SECONDS]`. Elastic Load Balancing
 * has its bucket of 40 calls refilled at 10 a second and answers after 20 to 80 ms.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startLab } from '../../lab/start.ts';
import { accountOf } from './account.ts';

const [clusters = 100, services = 10, runs = 3, callsPerSecond = 5, seconds = 300] = process.argv.slice(2).map(Number);
const began = performance.now();
const lab = await startLab(accountOf(clusters, services), {
  sockets: false,
  elbBucket: { burst: 40, perSecond: 10 },
  elbLatencyMs: { least: 20, most: 80 },
});
console.error(`${clusters * services} target groups are up after ${Math.round(performance.now() - began)} ms`);
const settings = {
  name: 'bench',
  table: 'eks-nlb-auditor',
  elbCallsPerSecond: callsPerSecond,
  reportBucket: 'eks-nlb-auditor-reports',
};
const env = { ...process.env, ...lab.env, AUDITOR_SETTINGS: JSON.stringify(settings) };

const seen = new Set<unknown>();
for (let run = 1; run <= runs; run += 1) {
  const from = lab.calls.length;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['scripts/bench/run-auditor.ts', new Date().toISOString(), String(seconds)],
    { env, maxBuffer: 2 ** 28 },
  );
  const calls = lab.calls.slice(from);
  const read = calls.flatMap(({ action, status, parameters }) =>
    action === 'DescribeTargetHealth' && status === 200 ? [parameters['TargetGroupArn']] : [],
  );
  for (const arn of read) seen.add(arn);
  const lines = stdout.trim().split('\n');
  const elbCalls = calls.filter(({ service }) => service === 'elasticloadbalancing');
  console.log(
    JSON.stringify({
      run,
      ...JSON.parse(lines.at(-1) ?? '{}'),
      groupsRead: read.length,
      groupsReadSoFar: seen.size,
      elbCalls: elbCalls.length,
      throttledByElb: elbCalls.filter(({ status }) => status !== 200).length,
      logBytes: stdout.length,
    }),
  );
}
await lab.close();
process.exit(0);
