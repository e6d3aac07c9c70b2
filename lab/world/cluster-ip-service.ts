import type { Service } from './kubernetes-object.ts';
import { addService, type ServiceOptions } from './service.ts';
import type { World, WorldCluster } from './world.ts';

/** Adds a Service that no load balancing controller looks at; a TargetGroupBinding may refer to it. */
export function addClusterIpService(
  world: World,
  cluster: WorldCluster,
  options: Pick<ServiceOptions, 'namespace' | 'name' | 'ports'>,
): Service {
  const service = addService(world, cluster, options);
  const { allocateLoadBalancerNodePorts: _, loadBalancerClass: __, externalTrafficPolicy: ___, ...spec } = service.spec;
  service.metadata.annotations = {};
  delete service.metadata.finalizers;
  service.spec = {
    ...spec,
    type: 'ClusterIP',
  };
  for (const port of service.spec.ports) delete port.nodePort;
  return service;
}

/** The same with NodePorts, at which others may reach it. */
export function addNodePortService(
  world: World,
  cluster: WorldCluster,
  options: Pick<ServiceOptions, 'namespace' | 'name' | 'ports'>,
): Service {
  const service = addService(world, cluster, options);
  const { allocateLoadBalancerNodePorts: _, loadBalancerClass: __, ...spec } = service.spec;
  service.metadata.annotations = {};
  delete service.metadata.finalizers;
  service.spec = { ...spec, type: 'NodePort' };
  return service;
}
