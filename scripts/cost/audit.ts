/** One audit without probes of the account that the environment points at; prints its time and calls as JSON. */
import { conclude } from '../../core/conclude.ts';
import { connect } from '../../io/clients.ts';
import { collect } from '../../io/collect/collect.ts';
import { withoutProbes } from '../../io/probe/probe-targets.ts';
import { survey } from '../../io/survey/survey.ts';

const began = performance.now();
const clients = connect({ callsPerSecond: 100_000, signal: AbortSignal.timeout(300_000) });
const inventory = await survey(clients, {});
const facts = withoutProbes(await collect(inventory, clients));
const at = new Date().toISOString();
const report = conclude({ id: 'cost', startedAt: at, finishedAt: at, ...clients.usage() }, inventory, facts);
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
