import { scaleToZero } from './scale.ts';
import type { World, WorldCluster } from './world.ts';

/** Takes the AWS Load Balancer Controller away, so that nothing changes in AWS any more. */
export function stopController(world: World, cluster: WorldCluster): void {
  scaleToZero(world, cluster, { namespace: 'kube-system', name: 'aws-load-balancer-controller' });
  cluster.controllerRunning = false;
}
