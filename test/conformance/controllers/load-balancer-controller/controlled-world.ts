import { clusterOf } from '../../../../lab/world/cluster.ts';
import type { World } from '../../../../lab/world/world.ts';
import { plainWorld } from '../mirror.ts';

/** The account with the cluster `shop`, in which the AWS Load Balancer Controller works and has nothing to do yet. */
export function controlledWorld(now?: string): World {
  const world = plainWorld(now);
  const cluster = clusterOf(world, 'shop');
  cluster.controllerRunning = true;
  // The live one is the only one, and elects no leader.
  cluster.objects = cluster.objects.filter(({ kind }) => kind !== 'Lease');
  return world;
}
