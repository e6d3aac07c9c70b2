import { everything, type Noticed, nothing, servicesOf } from '../controller/noticed.ts';
import { loadBalancerController } from '../world/add-ons.ts';
import { isOfKind, type KubernetesObject } from '../world/kubernetes-object.ts';
import type { World, WorldCluster } from '../world/world.ts';
import { allocatePorts } from './allocate-ports.ts';
import { followDaemonSet } from './daemon-set.ts';
import { followDeployment } from './deployment.ts';
import { setFrontHealthCheck } from './front-health-check.ts';
import { losePods } from './instances.ts';
import { controllerWorks } from './load-balancer-controller.ts';
import { replaceLost } from './replace-pod.ts';

/** An object as somebody left it; one of the two is absent where it was made or deleted. */
interface Written {
  before?: KubernetesObject;
  after?: KubernetesObject;
}

/**
 * What the API server and the controllers of Kubernetes itself do about a written object: ports of a Service, replicas and revisions of
 * a Deployment, pods of a DaemonSet, a pod in the place of a deleted one. Answers what load balancing controllers notice of it.
 */
export function follow(world: World, cluster: WorldCluster, { before, after }: Written): Noticed {
  const object = after ?? before;
  if (object === undefined) return nothing;
  if (after !== undefined && isOfKind(after, 'Service')) allocatePorts(cluster, after);
  if (after !== undefined && isOfKind(after, 'Ingress')) setFrontHealthCheck(world, after);
  if (before !== undefined && after !== undefined) {
    if (isOfKind(before, 'Deployment') && isOfKind(after, 'Deployment'))
      followDeployment(world, cluster, { before, after });
    if (isOfKind(before, 'DaemonSet') && isOfKind(after, 'DaemonSet')) followDaemonSet(world, cluster, after);
  }
  if (after === undefined && isOfKind(object, 'Pod')) replaceLost(world, cluster, object);
  if (after === undefined && isOfKind(object, 'Node')) losePods(world, cluster, object);
  if (isOfKind(object, 'Deployment') && object.metadata.name === loadBalancerController.name) {
    controllerWorks(world, cluster);
    return everything;
  }
  return noticedOf(object);
}

/** A Service and its binding are built again; pods, endpoints and nodes only change who is registered. */
function noticedOf(object: KubernetesObject): Noticed {
  const { namespace = '', name } = object.metadata;
  if (isOfKind(object, 'Service')) return servicesOf([`${namespace}/${name}`]);
  if (isOfKind(object, 'TargetGroupBinding'))
    return { ...nothing, targets: new Set([`${namespace}/${object.spec.serviceRef.name}`]) };
  if (['Pod', 'Node', 'EndpointSlice', 'Deployment', 'DaemonSet'].includes(object.kind))
    return { ...nothing, targets: 'all' };
  return nothing;
}
