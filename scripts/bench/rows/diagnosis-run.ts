/** Diagnoses one stand-in account in a process of its own, renders the report, and prints what both took as JSON. */

import { assess } from '../../../core/diagnosis/assess.ts';
import { defaultLifeCycle } from '../../../core/lifecycle/thresholds.ts';
import { emptyMemory } from '../../../core/notification/memory.ts';
import { defaultNoise } from '../../../core/notification/policy.ts';
import { reconcileState } from '../../../core/notification/reconcile-state.ts';
import { renderHtml } from '../../../core/render/html/page.ts';
import { renderJson } from '../../../core/render/machine/json.ts';
import { renderSlack } from '../../../core/render/message/slack.ts';
import { standInAccount } from '../stand-in/account.ts';
import type { Shape } from '../stand-in/shape.ts';
import type { DiagnosisRun } from './diagnosis.ts';

const shape: Shape = JSON.parse(process.argv[2] ?? '{}');
const { inventory, facts } = standInAccount(shape);
const at = inventory.takenAt;
const run = { id: 'bench', startedAt: at, finishedAt: at, apiCalls: {}, throttles: 0, waitedMs: 0 };

const collectGarbage = globalThis.gc ?? (() => undefined);
const heapMb = (): number => Math.round(process.memoryUsage().heapUsed / 2 ** 20);
const seconds = <T>(work: () => T): { cpu: number; wall: number; value: T } => {
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  const value = work();
  const { user, system } = process.cpuUsage(cpu);
  return { cpu: (user + system) / 1e6, wall: (performance.now() - wall) / 1000, value };
};

collectGarbage();
const factsMb = heapMb();
const judged = seconds(() => assess({ run, inventory, facts }));
const { report } = judged.value;
const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
collectGarbage();
const reportMb = heapMb() - factsMb;
const html = seconds(() => renderHtml(report));
const json = seconds(() => renderJson(report));
const rules = { lifeCycle: defaultLifeCycle, noise: defaultNoise, mutes: [] };
const { board } = reconcileState(emptyMemory(), report, rules).announcements;
const slack = seconds(() => (board?.message ? JSON.stringify(renderSlack(board.message)) : ''));
const kB = (text: string): number => Math.round(Buffer.byteLength(text) / 1000);

const result: DiagnosisRun = {
  targetGroups: inventory.targetGroups.length,
  targets: inventory.targetHealth.length,
  pods: facts.reduce((sum, { slices }) => sum + slices.pods.length, 0),
  causes: report.diagnoses.length,
  cpuSeconds: judged.cpu,
  wallSeconds: judged.wall,
  factsMb,
  reportMb,
  peakMb,
  rendered: [
    { output: 'HTML', cpuSeconds: html.cpu, kB: kB(html.value) },
    { output: 'JSON', cpuSeconds: json.cpu, kB: kB(json.value) },
    { output: 'Slack summary', cpuSeconds: slack.cpu, kB: kB(slack.value) },
  ],
};
console.log(JSON.stringify(result));
