import { faultAgeSeconds } from '../physics/kubelet.ts';
import { loadBalancerController } from '../world/add-ons.ts';
import type { KubernetesObject } from '../world/kubernetes-object.ts';
import { abandonLease } from '../world/leader-lease.ts';
import { objectOf, objectsOf } from '../world/object.ts';
import { replicaSetsOf } from '../world/pod/replica-set.ts';
import { podsOf } from '../world/pod/workload.ts';
import type { World, WorldCluster } from '../world/world.ts';
import { scaleToZero } from './scale.ts';

/** Takes the AWS Load Balancer Controller away, so that nothing changes in AWS any more. */
export function stopController(world: World, cluster: WorldCluster): void {
  scaleToZero(world, cluster, loadBalancerController);
  abandonLease(world, cluster, faultAgeSeconds);
  cluster.controllerRunning = false;
}

/** The controller's pods run and lead, but its watch is lost: it learns of no change any more. */
export function deafenController(cluster: WorldCluster): void {
  cluster.controllerRunning = false;
}

/** Removes the AWS Load Balancer Controller, as `helm uninstall` does; what it made in AWS stays. */
export function uninstallController(world: World, cluster: WorldCluster): void {
  const deployment = objectOf(cluster, 'Deployment', loadBalancerController);
  const pods = podsOf(cluster, deployment);
  stopController(world, cluster);
  const left = new Set<KubernetesObject>([
    deployment,
    ...pods,
    ...replicaSetsOf(cluster, deployment),
    ...objectsOf(cluster, 'Event').filter((event) => event.involvedObject.uid === deployment.metadata.uid),
  ]);
  cluster.objects = cluster.objects.filter((object) => !left.has(object));
}
