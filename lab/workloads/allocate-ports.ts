import type { Service } from '../world/kubernetes-object.ts';
import { freeNodePort } from '../world/service.ts';
import type { WorldCluster } from '../world/world.ts';

/**
 * What the API server fills in when a Service is written: NodePorts, unless they are declined, and the healthCheckNodePort of the policy
 * Local, which goes with it (kubernetes/kubernetes pkg/registry/core/service/storage/alloc.go).
 */
export function allocatePorts(cluster: WorldCluster, { metadata, spec }: Service): void {
  // The API server picks at random: a port that was given back does not return.
  const seed = `${cluster.cluster.name}/${metadata.namespace}/${metadata.name} ${metadata.resourceVersion}`;
  if (spec.type === 'ClusterIP') return;
  if (spec.allocateLoadBalancerNodePorts !== false) {
    for (const port of spec.ports) port.nodePort ??= freeNodePort(cluster, `${seed} ${port.port}`);
  }
  if (spec.externalTrafficPolicy !== 'Local') delete spec.healthCheckNodePort;
  else if (spec.type === 'LoadBalancer') spec.healthCheckNodePort ??= freeNodePort(cluster, `${seed} health`);
}
