import { metadata, objectOf, put } from '../object.ts';
import type { KubernetesObject, World, WorldCluster } from '../world.ts';

interface Slice {
  service: KubernetesObject;
  pods: KubernetesObject[];
}

/** Adds the EndpointSlice that an operator of its own writes for a Service without selector, with the port names of today. */
export function addEndpointSlice(world: World, cluster: WorldCluster, { service, pods }: Slice): KubernetesObject {
  const { namespace, name } = service['metadata'];
  return put(cluster, {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: metadata(world, cluster, {
      kind: 'EndpointSlice',
      namespace,
      name: `${name}-operator`,
      labels: {
        'endpointslice.kubernetes.io/managed-by': 'checkout-operator.example.com',
        'kubernetes.io/service-name': name,
      },
    }),
    addressType: 'IPv4',
    ports: service['spec'].ports.map((port: { name: string; protocol: string; targetPort: number }) => ({
      name: port.name,
      port: port.targetPort,
      protocol: port.protocol,
    })),
    endpoints: pods.map((pod) => ({
      addresses: [pod['status'].podIP],
      conditions: { ready: true, serving: true, terminating: false },
      nodeName: pod['spec'].nodeName,
      zone: objectOf(cluster, 'Node', { name: pod['spec'].nodeName })['metadata'].labels['topology.kubernetes.io/zone'],
      targetRef: { kind: 'Pod', namespace, name: pod['metadata'].name, uid: pod['metadata'].uid },
    })),
  });
}
