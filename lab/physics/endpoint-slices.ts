import type { ServicePort } from '../../core/model/kubernetes.ts';
import { nameSuffix } from '../world/identifier.ts';
import type { Endpoint, EndpointSlice, KubernetesObject, Pod, Service } from '../world/kubernetes-object.ts';
import { ageInSeconds } from '../world/moment.ts';
import { metadata, objectsOf, put, selects } from '../world/object.ts';
import { endpointAt } from '../world/pod/endpoint-slice.ts';
import type { World, WorldCluster } from '../world/world.ts';
import { isReady } from './kubelet.ts';
import { containerPort } from './kubelet-probe.ts';

/**
 * Writes the EndpointSlices of every Service with a selector, one for each set of ports that its pods resolve to, as
 * the endpoint slice controller does (kubernetes/endpointslice). A Service without pods keeps one empty slice.
 */
export function writeEndpointSlices(world: World, cluster: WorldCluster): void {
  const written = new Set<KubernetesObject>();
  const pods = objectsOf(cluster, 'Pod').filter(canServe);
  for (const service of objectsOf(cluster, 'Service')) {
    if (!service.spec.selector) continue;
    const own = pods.filter(
      (pod) =>
        pod.metadata.namespace === service.metadata.namespace && selects(service.spec.selector, pod.metadata.labels),
    );
    for (const family of (service.spec.ipFamilies ?? ['IPv4']) as Family[]) {
      const reachable = own.flatMap((pod) => {
        const address = addressOf(pod, family);
        return address === undefined ? [] : [{ pod, address }];
      });
      const byPorts = Map.groupBy(reachable, ({ pod }) => JSON.stringify(portsOf(service, pod)));
      if (byPorts.size === 0) byPorts.set('[]', []);
      for (const [ports, members] of byPorts) {
        written.add(writeSlice(world, cluster, { service, family, ports, members }));
      }
    }
  }
  cluster.objects = cluster.objects.filter(
    (object) => object.kind !== 'EndpointSlice' || written.has(object) || !isManaged(object),
  );
}

type Family = 'IPv4' | 'IPv6';

/** The pod's address of a family; a pod has at most one of each. */
const addressOf = ({ status }: Pod, family: Family): string | undefined =>
  status.podIPs?.find(({ ip }) => ip.includes(':') === (family === 'IPv6'))?.ip;

const managedBy = { 'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io' };

/** Slices that somebody else wrote are left alone. */
const isManaged = ({ metadata }: EndpointSlice): boolean =>
  Object.entries(managedBy).every(([key, value]) => metadata.labels[key] === value);

const canServe = (pod: Pod): boolean =>
  pod.status.podIP !== undefined && !['Succeeded', 'Failed'].includes(pod.status.phase);

/** A port whose name no container declares is left out, so that the slice has no such port. */
const portsOf = (service: Service, pod: Pod) =>
  service.spec.ports.flatMap(({ name = '', protocol, targetPort }) => {
    const port = containerPort(pod, targetPort);
    return port === undefined ? [] : [{ name, port, protocol }];
  });

/** A pod behind a Service, at its address of the slice's family. */
interface Member {
  pod: Pod;
  address: string;
}

interface Slice {
  service: Service;
  family: Family;
  /** JSON, the key by which pods were grouped. */
  ports: string;
  members: Member[];
}

function writeSlice(world: World, cluster: WorldCluster, { service, family, ports, members }: Slice): EndpointSlice {
  const { namespace, name, creationTimestamp } = service.metadata;
  const seed = `${cluster.cluster.name}/${namespace}/${name}/${ports}${family === 'IPv4' ? '' : family}`;
  return put(cluster, {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      ...metadata(world, cluster, {
        kind: 'EndpointSlice',
        namespace,
        name: `${name}-${nameSuffix(seed, 5)}`,
        labels: {
          ...managedBy,
          'kubernetes.io/service-name': name,
        },
        owner: service,
        ageSeconds: ageInSeconds(world.now, creationTimestamp),
      }),
      generateName: `${name}-`,
    },
    addressType: family,
    ports: JSON.parse(ports),
    endpoints: members.map((member) => endpointOf(cluster, service, member)),
  });
}

function endpointOf(cluster: WorldCluster, service: Service, { pod, address }: Member): Endpoint {
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  const serving = isReady(pod);
  const ready = service.spec.publishNotReadyAddresses === true || (serving && !terminating);
  return endpointAt(cluster, pod, { address, conditions: { ready, serving, terminating } });
}

/** One endpoint of a Service port: an address, the port behind it and the node that it runs on. */
export interface ServiceEndpoint {
  address: string;
  port: number;
  nodeName: string;
  podName: string;
  ready: boolean;
  /** Ready in itself but about to leave. */
  servingWhileTerminating: boolean;
}

/** All IPv4 endpoints of one port of a Service, from slices that hold a port of that name. */
export const endpointsOf = (cluster: WorldCluster, service: Service, port: ServicePort): ServiceEndpoint[] =>
  endpointsOfFamily(cluster, service, { port, family: 'IPv4' });

/** The same of either family. */
export function endpointsOfFamily(
  cluster: WorldCluster,
  service: Service,
  { port: servicePort, family }: { port: ServicePort; family: Family },
): ServiceEndpoint[] {
  const { namespace, name } = service.metadata;
  return objectsOf(cluster, 'EndpointSlice')
    .filter(
      ({ metadata, addressType }) =>
        addressType === family &&
        metadata.namespace === namespace &&
        metadata.labels['kubernetes.io/service-name'] === name,
    )
    .flatMap((slice) => {
      const port = slice.ports.find((candidate) => candidate.name === (servicePort.name ?? ''));
      if (port === undefined) return [];
      return slice.endpoints.map((endpoint) => ({
        address: endpoint.addresses[0],
        port: port.port,
        nodeName: endpoint.nodeName,
        podName: endpoint.targetRef.name,
        ready: endpoint.conditions.ready,
        servingWhileTerminating: endpoint.conditions.serving && endpoint.conditions.terminating,
      }));
    });
}
