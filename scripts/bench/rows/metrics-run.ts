/** One audit without probes of the account that the environment points at, with the metrics of the first argument; prints what it took as JSON. */

import { assess } from '../../../core/diagnosis/assess.ts';
import { metricsWanted } from '../../../core/history/metric-queries.ts';
import { connect } from '../../../io/aws/clients.ts';
import { observe } from '../../../io/observe.ts';
import type { MetricsRun } from './metrics.ts';

const metrics = metricsWanted.find((each) => each === process.argv[2]) ?? 'off';
const clients = connect({ callsPerSecond: 100_000, signal: AbortSignal.timeout(300_000) });
const began = performance.now();
const before = process.cpuUsage();
const { report } = assess(
  await observe(clients, { probe: false, ownAddresses: [], past: { metrics, changes: 'off', flowLogs: 'off' } }),
);
const { user, system } = process.cpuUsage(before);
clients.close();
const run: MetricsRun = {
  totalMs: Math.round(performance.now() - began),
  cpuMs: Math.round((user + system) / 1000),
  calls: Object.values(report.run.apiCalls).reduce((sum, count) => sum + count, 0),
};
console.log(JSON.stringify(run));
process.exit(0);
