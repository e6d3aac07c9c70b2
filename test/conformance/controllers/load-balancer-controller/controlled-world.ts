import { clusterOf } from '../../../../lab/world/cluster.ts';
import type { World } from '../../../../lab/world/world.ts';
import { plainWorld } from '../mirror.ts';

/** The account with the cluster `shop`, in which the AWS Load Balancer Controller works and has nothing to do yet. */
export function controlledWorld(now?: string): World {
  const world = plainWorld(now);
  clusterOf(world, 'shop').controllerRunning = true;
  return world;
}
