/** One audit of the account that the environment points at, in a process of its own; prints what it took as JSON. */
import { assess } from '../../../core/diagnosis/assess.ts';
import { emptySurveyMemory } from '../../../core/survey/survey-memory.ts';
import { connect } from '../../../io/aws/clients.ts';
import { observe } from '../../../io/observe.ts';

const marks: Record<string, number> = {};
let last = performance.now();
const began = last;
const mark = (name: string): void => {
  marks[name] = Math.round(performance.now() - last);
  last = performance.now();
};

const signal = AbortSignal.timeout(120_000);
const clients = connect({ callsPerSecond: Number(process.argv[2]), signal });
const observation = await observe(clients, {
  probe: true,
  // As a run from the command line, which remembers nothing, and reads healthy groups to the end too.
  turn: { memory: emptySurveyMemory(), urgent: new Set(), until: Date.now() + 120_000 },
  onSurveyed: () => mark('surveyMs'),
  onCollected: () => mark('collectMs'),
});
mark('probeMs');
const cpu = process.cpuUsage();
const { report } = assess(observation);
const { user } = process.cpuUsage(cpu);
mark('concludeMs');
clients.close();

const probes = observation.facts.flatMap(({ slices }) => slices.probes);
console.log(
  JSON.stringify({
    ...marks,
    totalMs: Math.round(performance.now() - began),
    concludeCpuMs: Math.round(user / 1000),
    slowestProbeMs: Math.round(Math.max(0, ...probes.map(({ timings }) => timings.totalMs))),
    slowestTimeoutMs: Math.max(0, ...probes.map(({ request }) => request.timeoutMs)),
    targets: report.coverage.targets.seen,
    targetGroups: report.coverage.targetGroups.seen,
    probes: probes.length,
    causes: report.diagnoses.length,
    complete: report.run.complete,
    apiCalls: report.run.apiCalls,
    waitedMs: report.run.waitedMs,
    maxRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
process.exit(0);
