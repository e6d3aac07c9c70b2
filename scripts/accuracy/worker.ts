/** Audits every n-th world of a measurement in a process and a network of its own; answers with the judgements. */

import type { World } from '../../lab/world/world.ts';
import { auditWorld, thisSecond } from '../../test/scenarios/audit-world.ts';
import { clientsOf } from './clients.ts';
import type { Audited } from './figures.ts';
import { judge } from './judge.ts';
import { judgeClients } from './judge-clients.ts';
import { truthOf } from './oracle.ts';
import { build, compoundWorlds, singleWorlds, type WorldPlan } from './world-plan.ts';

const [kind, index = '0', of = '1', count = '0', seed = '0', only = ''] = process.argv.slice(2);
const plans: WorldPlan[] =
  kind === 'single'
    ? singleWorlds(only)
    : compoundWorlds(Number(count), Number(seed)).filter(({ name }) => name.includes(only));
const network = `127.${100 + Number(index)}`;

for (const [number, plan] of plans.entries()) {
  if (number % Number(of) !== Number(index)) continue;
  // One world after the other: each is served on the same addresses.
  const world = attempt(plan);
  if (world === undefined) continue;
  const { report } = await auditWorld(world);
  const truths = truthOf(plan);
  const audited: Audited = {
    world: plan.name,
    causes: judge(plan.name, report, truths),
    clients: judgeClients(plan.name, report, { clients: clientsOf(world), truths }),
  };
  process.send?.(audited);
}
process.exit(0);

/** The world, unless one of its faults takes away what another one needs to happen to, as where kube-proxy is removed and breaks. */
function attempt(plan: WorldPlan): World | undefined {
  try {
    return build(plan, { network, now: thisSecond() });
  } catch (error) {
    if (kind === 'single') throw error;
    console.error(`${plan.name} cannot happen together: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
