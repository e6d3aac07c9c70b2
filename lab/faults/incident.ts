import type { Expectation, Scenario, Variant } from '../scenario.ts';
import { settle } from '../settle.ts';
import { clusterOf } from '../world/cluster.ts';
import { hasNodeGroups, keepToFirstNodes } from '../world/network/node-group.ts';
import type { World } from '../world/world.ts';

/** A scenario that happens to a Service of one's choice, in a world with others. */
export interface Incident {
  scenario: Scenario;
  cluster: string;
  namespace: string;
  service: string;
  variant?: Variant;
}

/** Lets all incidents happen to one world, and settles it. */
export function settleWith(world: World, incidents: Incident[]): World {
  const placed = incidents.map(({ scenario, cluster, namespace, service, variant }) => ({
    ...scenario,
    cluster,
    place: { ...variant, namespace, name: service },
  }));
  for (const { arrange, cluster, place } of placed) arrange(world, clusterOf(world, cluster), place);
  const strike = (before: World, unnoticed: boolean): World => {
    for (const incident of placed) {
      if ((incident.unnoticed ?? false) !== unnoticed) continue;
      incident.strike?.(before, clusterOf(before, incident.cluster), incident.place);
    }
    return settleApart(before, !unnoticed);
  };
  // What no controller has noticed comes last, since any later look would put it right.
  return strike(strike(settleApart(world, true), false), true);
}

/** Settles the world; node groups that came for one Service stay with it. */
function settleApart(world: World, reconcile: boolean): World {
  for (const cluster of world.clusters) if (hasNodeGroups(cluster)) keepToFirstNodes(cluster);
  return settle(world, { reconcile });
}

/** What is true of the Service to which an incident happens. */
export const expectationOf = ({ scenario, cluster, namespace, service }: Incident): Expectation => ({
  ...scenario.expect,
  cluster,
  namespace,
  service,
});
