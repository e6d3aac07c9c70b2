import { clusterOf } from '../../../lab/world/cluster.ts';
import { targetGroupArnsOf } from '../../../lab/world/target-groups-of.ts';
import type { World } from '../../../lab/world/world.ts';

/** How many targets of a Service are in each state. */
export function targetStatesOf(
  world: World,
  where: { cluster: string; namespace: string; service: string },
): Record<string, number> {
  const arns = targetGroupArnsOf(world, clusterOf(world, where.cluster), {
    namespace: where.namespace,
    name: where.service,
  });
  const counts: Record<string, number> = {};
  for (const { targetGroupArn, state } of world.targetHealth) {
    if (arns.includes(targetGroupArn)) counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
}
