import type { Endpoint, EndpointSlice, Pod, Service } from '../kubernetes-object.ts';
import { nodeOf } from '../network/node.ts';
import { metadata, put } from '../object.ts';
import type { World, WorldCluster } from '../world.ts';
import { podAddress } from './pod.ts';

interface Slice {
  service: Service;
  pods: Pod[];
}

/** Adds the EndpointSlice that an operator of its own writes for a Service without selector, with the port names of today. */
export function addEndpointSlice(world: World, cluster: WorldCluster, { service, pods }: Slice): EndpointSlice {
  const { namespace, name } = service.metadata;
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
    ports: service.spec.ports.map(({ name: portName = '', targetPort, protocol }) => ({
      name: portName,
      port: Number(targetPort),
      protocol,
    })),
    endpoints: pods.map((pod) =>
      endpointAt(cluster, pod, {
        address: podAddress(pod),
        conditions: { ready: true, serving: true, terminating: false },
      }),
    ),
  });
}

/** The endpoint that stands for a pod at one of its addresses. */
export function endpointAt(
  cluster: WorldCluster,
  pod: Pod,
  { address, conditions }: { address: string; conditions: Endpoint['conditions'] },
): Endpoint {
  const { namespace, name, uid } = pod.metadata;
  const node = nodeOf(cluster, pod).metadata;
  const zone = node.labels['topology.kubernetes.io/zone'];
  return {
    addresses: [address],
    conditions,
    nodeName: node.name,
    ...(zone && { zone }),
    targetRef: { kind: 'Pod', namespace, name, uid },
  };
}
