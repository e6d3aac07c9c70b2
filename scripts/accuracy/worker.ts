/** Audits every n-th world of a measurement in a process and a network of its own; answers with the judgements. */
import { auditWorld, thisSecond } from '../../test/scenarios/audit-world.ts';
import { judge } from './judge.ts';
import { truthOf } from './oracle.ts';
import { build, compoundWorlds, singleWorlds, type WorldPlan } from './world-plan.ts';

const [kind, index = '0', of = '1', count = '0', seed = '0'] = process.argv.slice(2);
const plans: WorldPlan[] = kind === 'single' ? singleWorlds() : compoundWorlds(Number(count), Number(seed));
const network = `127.${100 + Number(index)}`;

for (const [number, plan] of plans.entries()) {
  if (number % Number(of) !== Number(index)) continue;
  // One world after the other: each is served on the same addresses.
  const { report } = await auditWorld(build(plan, { network, now: thisSecond() }));
  process.send?.(judge(plan.name, report, truthOf(plan)));
}
process.exit(0);
