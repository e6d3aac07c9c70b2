import { conclude } from '../../../core/conclude.ts';
import type { Report } from '../../../core/report.ts';
import { demoWorld } from '../../../lab/demo.ts';
import { auditWorld, thisSecond } from '../../scenarios/audit-world.ts';

/** What the product says of the demo account, of which it could not read one cluster's nodes. */
export async function demoReport(network: string): Promise<Report> {
  const { run, inventory, facts } = await auditWorld(demoWorld({ network, now: thisSecond() }));
  for (const { cluster, gaps } of facts) {
    if (cluster?.name !== 'shop') continue;
    gaps.push({
      slice: 'nodes',
      scope: { kind: 'cluster', name: 'shop' },
      reason: 'denied',
      action: 'list nodes',
      message: 'nodes is forbidden',
      remedy: 'Apply docs/rbac.yaml',
    });
  }
  return conclude(run, inventory, facts);
}
