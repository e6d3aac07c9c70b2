/** One audit without probes of the account that the environment points at; prints its time and calls as JSON. */
import { assess } from '../../core/diagnosis/assess.ts';
import { connect } from '../../io/aws/clients.ts';
import { observe } from '../../io/observe.ts';

const began = performance.now();
const clients = connect({ callsPerSecond: 100_000, signal: AbortSignal.timeout(300_000) });
const { report } = assess(await observe(clients, { probe: false }));
clients.close();
console.log(
  JSON.stringify({
    workMs: Math.round(performance.now() - began),
    targetGroups: report.coverage.targetGroups.seen,
    causes: report.diagnoses.length,
    apiCalls: report.run.apiCalls,
  }),
);
process.exit(0);
