import type { ServicePort } from '../../core/model/kubernetes.ts';
import type { Node, Pod, Service } from '../world/kubernetes-object.ts';
import { isFargate, nodeAddress } from '../world/network/node.ts';
import { objectsOf } from '../world/object.ts';
import type { World, WorldCluster } from '../world/world.ts';
import { endpointsOf } from './endpoint-slices.ts';
import type { PacketFilter } from './packet.ts';

/** True where a datagram that has arrived at a port of a pod or node gets to a process that listens there. */
export type DatagramListener = (address: string, port: number) => boolean;

/**
 * What takes datagrams at all pod and node addresses of the world: a socket in the pod, or behind a NodePort of a UDP port in one of the
 * pods that the node's service proxy forwards to. Nothing answers a datagram by itself, so that no health check tells of it.
 */
export function datagramListener(world: World, passes: PacketFilter): DatagramListener {
  const nodes = new Map<string, { cluster: WorldCluster; node: Node }>();
  const pods = new Map<string, { cluster: WorldCluster; pod: Pod }>();
  for (const cluster of world.clusters) {
    for (const node of objectsOf(cluster, 'Node').filter((each) => !isFargate(each)))
      nodes.set(nodeAddress(node), { cluster, node });
    for (const pod of objectsOf(cluster, 'Pod'))
      for (const { ip } of pod.status.podIPs ?? []) pods.set(ip, { cluster, pod });
  }
  const atPod: DatagramListener = (address, port) => {
    const found = pods.get(address);
    if (found === undefined) return false;
    const { namespace, labels } = found.pod.metadata;
    return (found.cluster.udpSockets?.[`${namespace}/${labels['app']}`] ?? []).includes(port);
  };
  return (address, port) => {
    const found = nodes.get(address);
    if (found === undefined) return atPod(address, port);
    return forwardedTo(found, port).some(
      (endpoint) =>
        atPod(endpoint.address, endpoint.port) &&
        (endpoint.nodeName === found.node.metadata.name ||
          passes({ from: address, to: endpoint.address, port: endpoint.port, protocol: 'udp' })),
    );
  };
}

/** Ready endpoints behind a NodePort for datagrams; under Local those of the node itself. */
function forwardedTo({ cluster, node }: { cluster: WorldCluster; node: Node }, nodePort: number) {
  return objectsOf(cluster, 'Service').flatMap((service: Service) =>
    (service.spec.ports as ServicePort[])
      .filter((port) => port.protocol === 'UDP' && port.nodePort === nodePort)
      .flatMap((port) => endpointsOf(cluster, service, port))
      .filter(
        ({ ready, nodeName }) =>
          ready && (service.spec.externalTrafficPolicy !== 'Local' || nodeName === node.metadata.name),
      ),
  );
}
