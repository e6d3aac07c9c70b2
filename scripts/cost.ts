/** Measures audits of 10, 100 and 1,000 target groups in the lab and writes docs/cost.md with what they and 3,000 would cost on AWS. */
import { writeFileSync } from 'node:fs';
import { startLab } from '../lab/start.ts';
import { accountOf } from './bench/account.ts';
import { child } from './bench/child.ts';
import { renderCost } from './cost/page.ts';
import type { Load } from './cost/run.ts';
import { estimate } from './cost/smallest.ts';

interface Audited {
  cpuMs: number;
  targetGroups: number;
  causes: number;
  apiCalls: Record<string, number>;
  itemBytes: number[];
}

const services = 10;
const loads: Load[] = [];
for (const clusters of [1, 10, 100]) {
  loads.push(await measure(clusters));
  console.log(loads.at(-1));
}
// All of it grows with the number of target groups: `npm run bench -- diagnosis` says how evenly.
loads.push(estimate(loads, 3000));
writeFileSync('docs/cost.md', renderCost(loads));
process.exit(0);

/** One VPC with so many clusters of so many Services each, one of them broken. */
async function measure(clusters: number): Promise<Load> {
  const lab = await startLab(accountOf(clusters, services), { sockets: false });
  const { cpuMs, targetGroups, causes, apiCalls, itemBytes } = await child<Audited>(['scripts/cost/audit.ts'], lab.env);
  await lab.close();
  const calls = (pattern: RegExp): number =>
    Object.entries(apiCalls).reduce((sum, [action, count]) => sum + (pattern.test(action) ? count : 0), 0);
  return {
    clusters,
    targetGroups,
    causes,
    cpuSeconds: cpuMs / 1000,
    elbCalls: calls(/^elasticloadbalancing:/),
    otherAwsCalls: calls(/^(eks|ec2|sts):/),
    kubernetesCalls: calls(/^kubernetes:/),
    itemBytes,
  };
}
