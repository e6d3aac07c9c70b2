/** One audit without probes of the account that the environment points at, reading of the past what the arguments say; prints what it took as JSON. */

import { assess } from '../../../core/diagnosis/assess.ts';
import { forFindings } from '../../../core/history/for-findings.ts';
import { metricsWanted } from '../../../core/history/metric-queries.ts';
import { connect } from '../../../io/aws/clients.ts';
import { observe } from '../../../io/observe.ts';
import type { PastRun } from './past.ts';

const [, , metricsGiven, changesGiven, flowLogsGiven] = process.argv;
const past = {
  metrics: metricsWanted.find((each) => each === metricsGiven) ?? 'off',
  changes: forFindings.find((each) => each === changesGiven) ?? 'off',
  flowLogs: forFindings.find((each) => each === flowLogsGiven) ?? 'off',
};
const clients = connect({ callsPerSecond: 100_000, signal: AbortSignal.timeout(300_000) });
const began = performance.now();
const before = process.cpuUsage();
const { report } = assess(await observe(clients, { probe: false, ownAddresses: [], past }));
const { user, system } = process.cpuUsage(before);
clients.close();
const run: PastRun = {
  totalMs: Math.round(performance.now() - began),
  cpuMs: Math.round((user + system) / 1000),
  calls: Object.values(report.run.apiCalls).reduce((sum, count) => sum + count, 0),
};
console.log(JSON.stringify(run));
process.exit(0);
