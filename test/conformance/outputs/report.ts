import { assess } from '../../../core/diagnosis/assess.ts';
import type { Report } from '../../../core/model/report.ts';
import { demoWorld } from '../../../lab/demo.ts';
import { gap } from '../../core/render/crash-report.ts';
import { auditWorld, thisSecond } from '../../scenarios/audit-world.ts';

/** What the product says of the demo account, of which it could not read one cluster's nodes. */
export async function demoReport(network: string): Promise<Report> {
  const { run, inventory, facts } = await auditWorld(demoWorld({ network, now: thisSecond() }));
  for (const { cluster, gaps } of facts) if (cluster?.name === 'shop') gaps.push(gap);
  return assess({ run, inventory, facts }).report;
}
