/** One audit of the account that the environment points at, in a process of its own; prints what it took as JSON. */
import { conclude } from '../../core/conclude.ts';
import { connect } from '../../io/clients.ts';
import { collect } from '../../io/collect/collect.ts';
import { probeTargets } from '../../io/probe/probe-targets.ts';
import { survey } from '../../io/survey/survey.ts';

const marks: Record<string, number> = {};
let last = performance.now();
const began = last;
const mark = (name: string): void => {
  marks[name] = Math.round(performance.now() - last);
  last = performance.now();
};

const signal = AbortSignal.timeout(120_000);
const clients = connect({ callsPerSecond: Number(process.argv[2]), signal });
const inventory = await survey(clients, {});
mark('surveyMs');
const collected = await collect(inventory, clients);
mark('collectMs');
const facts = await probeTargets(collected, signal);
mark('probeMs');
const at = new Date().toISOString();
const usage = clients.usage();
const cpu = process.cpuUsage();
const report = conclude({ id: 'bench', startedAt: at, finishedAt: at, ...usage }, inventory, facts);
const { user } = process.cpuUsage(cpu);
mark('concludeMs');
clients.close();

const probes = facts.flatMap(({ slices }) => slices.probes);
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
    apiCalls: usage.apiCalls,
    waitedMs: usage.waitedMs,
    maxRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
process.exit(0);
