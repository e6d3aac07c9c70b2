import { assess } from '../../core/diagnosis/assess.ts';
import type { Report } from '../../core/model/report.ts';
import { largeWorld } from '../../lab/world/large.ts';
import { type Audit, auditWorld, thisSecond } from './audit-world.ts';

/** Services of the clusters that the lab serves; a fleet is made of clusters like these. */
const sizes = [200, 100, 50];

/**
 * What the product says of an account with at least so many target groups in many clusters, a tenth of them broken. The lab
 * serves a few clusters; their facts, under other names, are those of the rest.
 */
export async function fleetReport(targetGroups: number, network: string): Promise<Report> {
  const audits: Audit[] = [];
  for (const services of sizes) {
    audits.push(await auditWorld(largeWorld({ services, targets: services * 3, network, now: thisSecond() })));
  }
  const [first] = audits;
  if (first === undefined) throw new Error('nothing was audited');
  const fleet: Audit[] = [];
  for (let seen = 0; seen < targetGroups; seen += fleet.at(-1)?.report.groups.length ?? 0) {
    const name = `fleet-${String(fleet.length + 1).padStart(2, '0')}`;
    fleet.push(renamed(audits[fleet.length % audits.length] ?? first, name));
  }
  return assess({
    run: first.run,
    inventory: { ...first.inventory, clusters: fleet.flatMap(({ inventory }) => inventory.clusters) },
    facts: fleet.flatMap(({ facts }) => facts),
  }).report;
}

/** The same audit of a cluster of another name, with target groups of its own. */
function renamed(audit: Audit, name: string): Audit {
  const text = JSON.stringify({ inventory: audit.inventory, facts: audit.facts })
    .replaceAll('"large"', JSON.stringify(name))
    .replaceAll('cluster/large', `cluster/${name}`)
    .replaceAll('targetgroup/k8s-', `targetgroup/${name}-`);
  return { ...audit, ...JSON.parse(text) };
}
