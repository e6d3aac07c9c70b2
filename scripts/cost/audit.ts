/** Two audits without probes of the account that the environment points at; prints what the second, which remembers the first, took. */
import { assess } from '../../core/diagnosis/assess.ts';
import { recordRun } from '../../core/lifecycle/record-run.ts';
import { emptySurveyMemory, type SurveyMemory } from '../../core/survey/survey-memory.ts';
import { connect } from '../../io/aws/clients.ts';
import { observe } from '../../io/observe.ts';
import { packText } from '../../io/store/packed-text.ts';
import { partsOf } from '../../io/store/shapes/survey-parts.ts';

async function audit(memory: SurveyMemory) {
  const began = process.cpuUsage();
  const clients = connect({ callsPerSecond: 100_000, signal: AbortSignal.timeout(300_000) });
  const turn = { memory, urgent: new Set<string>(), until: Date.now() + 300_000 };
  const observed = await observe(clients, { probe: false, turn });
  const { report } = assess(observed);
  clients.close();
  const { user, system } = process.cpuUsage(began);
  return { cpuMs: (user + system) / 1000, report, memory: observed.memory };
}

const first = await audit(emptySurveyMemory());
const { cpuMs, report, memory } = await audit(first.memory);
const survey = await Promise.all([...partsOf(memory).values()].map((json) => packText(json)));
const record = await packText(JSON.stringify(recordRun(report)));
console.log(
  JSON.stringify({
    cpuMs: Math.round(cpuMs),
    targetGroups: report.coverage.targetGroups.seen,
    causes: report.diagnoses.length,
    apiCalls: report.run.apiCalls,
    itemBytes: [record, ...survey].map(({ length }) => length),
  }),
);
process.exit(0);
