import { settle } from '../../../lab/settle.ts';
import { buildAccount } from '../../../lab/world/account.ts';
import { addCluster, clusterOf } from '../../../lab/world/cluster.ts';
import type { Service } from '../../../lab/world/kubernetes-object.ts';
import { addWorkload } from '../../../lab/world/pod/workload.ts';
import { addService, type ServiceOptions } from '../../../lab/world/service.ts';
import type { World } from '../../../lab/world/world.ts';

/** A Service of the namespace `live`, which cloud-provider-aws takes unless `class` says otherwise. */
export interface Shape
  extends Pick<
    ServiceOptions,
    'annotations' | 'externalTrafficPolicy' | 'healthCheck' | 'loadBalancerSourceRanges' | 'ports'
  > {
  loadBalancerClass?: string;
  /** Annotations that every other shape has. */
  without?: string[];
}

/** The account with the cluster `shop`, in which nothing has a load balancer; a workload `web` of the namespace `live`. */
export function plainWorld(now?: string): World {
  const world = buildAccount({ network: '10.20', ...(now && { now }) });
  const cluster = addCluster(world, { name: 'shop' });
  cluster.controllerRunning = false;
  addWorkload(world, cluster, { namespace: 'live', name: 'web', replicas: 2, port: 8080, portName: 'http' });
  return settle(world);
}

/** Puts the Service into the world, in the place of the one of its name; returns it as it is there. */
export function giveShape(world: World, name: string, shape: Shape): Service {
  const { loadBalancerClass, without = [], ...options } = shape;
  const cluster = clusterOf(world, 'shop');
  const service = addService(world, cluster, {
    namespace: 'live',
    name,
    controller: 'ccm',
    selector: { app: 'web' },
    ageSeconds: 60,
    healthCheckNodePort: 32100,
    ...options,
  });
  for (const key of without) delete service.metadata.annotations[key];
  if (loadBalancerClass !== undefined) service.spec.loadBalancerClass = loadBalancerClass;
  return service;
}
