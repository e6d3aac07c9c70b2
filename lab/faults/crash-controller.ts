import { faultAgeSeconds } from '../physics/kubelet.ts';
import { loadBalancerController } from '../world/add-ons.ts';
import { abandonLease } from '../world/leader-lease.ts';
import { objectOf } from '../world/object.ts';
import { podsOf } from '../world/pod/workload.ts';
import type { World, WorldCluster } from '../world/world.ts';
import { crash } from './crash.ts';

/** The AWS Load Balancer Controller ends right after each start, with these last words, and works no more. */
export function crashController(world: World, cluster: WorldCluster, log: string[]): void {
  const deployment = objectOf(cluster, 'Deployment', loadBalancerController);
  for (const pod of podsOf(cluster, deployment)) crash(world, cluster, { pod, reason: 'Error', exitCode: 1, log });
  abandonLease(world, cluster, faultAgeSeconds);
  cluster.controllerRunning = false;
}
