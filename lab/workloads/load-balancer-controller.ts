import { loadBalancerController } from '../world/add-ons.ts';
import { objectsOf } from '../world/object.ts';
import { statusesOf } from '../world/pod/pod.ts';
import { podsOf } from '../world/pod/workload.ts';
import type { World, WorldCluster } from '../world/world.ts';

/** Errors of a controller that holds something old: the certificate of its webhook, or what it remembers of pods. */
const endWithRestart = new Set(['create targetgroupbindings', 'resolve pod ENI']);

/** The AWS Load Balancer Controller works again where its new pods run; a restart ends what it held in memory. */
export function controllerWorks(_: World, cluster: WorldCluster): void {
  const deployment = objectsOf(cluster, 'Deployment').find(
    ({ metadata }) => metadata.name === loadBalancerController.name,
  );
  const pods = deployment === undefined ? [] : podsOf(cluster, deployment);
  cluster.controllerRunning = pods.some((pod) => statusesOf(pod).every(({ state }) => state.running));
  if (!cluster.controllerRunning || cluster.controllerFailures === undefined) return;
  cluster.controllerFailures = cluster.controllerFailures.filter(({ call }) => !endWithRestart.has(call));
}
