/** What a run with so many open findings has to say, at first and when nothing has changed since; prints what it took as JSON. */
import { assess } from '../../../core/diagnosis/assess.ts';
import { compare } from '../../../core/lifecycle/reconcile-findings.ts';
import { defaultLifeCycle } from '../../../core/lifecycle/thresholds.ts';
import { emptyMemory } from '../../../core/notification/memory.ts';
import { defaultNoise } from '../../../core/notification/policy.ts';
import { reconcileState } from '../../../core/notification/reconcile-state.ts';
import { renderSlack } from '../../../core/render/message/slack.ts';
import { median } from '../child.ts';
import { standInAccount } from '../stand-in/account.ts';
import type { NewsRun } from './news.ts';

const [clusters = 1, servicesPerCluster = 1] = process.argv.slice(2).map(Number);
const { inventory, facts } = standInAccount({
  clusters,
  servicesPerCluster,
  clustersPerVpc: 20,
  nodesPerCluster: 5,
  podsPerService: 2,
  faultEvery: 1,
});
const at = inventory.takenAt;
const run = { id: 'bench', startedAt: at, finishedAt: at, apiCalls: {}, throttles: 0, waitedMs: 0 };
const { report } = assess({ run, inventory, facts });
const rules = { lifeCycle: defaultLifeCycle, noise: defaultNoise, mutes: [] };
const { memory, announcements } = reconcileState(emptyMemory(), report, rules);
const message = announcements.board?.message;
const blocks = message ? renderSlack(message).blocks : [];
const later = new Date(Date.parse(at) + 300_000).toISOString();
const same = { ...report, run: { ...report.run, id: later, startedAt: later, finishedAt: later } };

const once = (work: () => unknown): number => {
  const began = performance.now();
  work();
  return performance.now() - began;
};
const timed = (work: () => unknown): number =>
  median(
    Array.from({ length: 15 }, () => once(work)),
    (took) => took,
  );
const result: NewsRun = {
  findings: memory.findings.length,
  incidents: memory.incidents.length,
  causes: new Set(report.diagnoses.map(({ cause }) => cause)).size,
  slackLines: blocks.length,
  slackCharacters: JSON.stringify(blocks).length,
  compareMs: timed(() => compare(memory.findings, same, later, defaultLifeCycle)),
  allMs: timed(() => reconcileState(memory, same, rules)),
};
console.log(JSON.stringify(result));
