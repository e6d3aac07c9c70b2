import type { KubernetesObject } from '../../world/world.ts';

interface Port {
  name: string;
  port: number;
  protocol?: string;
}

interface Endpoint {
  addresses: string[];
  conditions: { ready?: boolean; terminating?: boolean };
  nodeName?: string;
  targetRef?: object;
}

/**
 * The Endpoints that the endpoints controller keeps beside the IPv4 EndpointSlices of a Service: a subset for each set
 * of ports, without pods that terminate (kubernetes/pkg/controller/endpoint/endpoints_controller.go).
 */
export function endpointsOf(objects: KubernetesObject[]): KubernetesObject[] {
  const slices = objects.filter(
    ({ kind, addressType, metadata }) =>
      kind === 'EndpointSlice' && addressType === 'IPv4' && serviceOf(metadata) !== undefined,
  );
  const byService = Map.groupBy(slices, ({ metadata }) => `${metadata.namespace}/${serviceOf(metadata)}`);
  return [...byService.values()].map((own) => {
    const [{ metadata } = { metadata: {} }] = own;
    const { namespace, creationTimestamp, resourceVersion, uid } = metadata;
    return {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: { name: serviceOf(metadata), namespace, creationTimestamp, resourceVersion, uid },
      subsets: own.flatMap((slice) => subsetOf(slice['ports'] ?? [], slice['endpoints'] ?? [])),
    };
  });
}

const serviceOf = (metadata: KubernetesObject['metadata']): string | undefined =>
  metadata.labels?.['kubernetes.io/service-name'];

function subsetOf(ports: Port[], endpoints: Endpoint[]): object[] {
  const staying = endpoints.filter(({ conditions }) => conditions.terminating !== true);
  if (ports.length === 0 || staying.length === 0) return [];
  const [ready, waiting] = [true, false].map((wanted) =>
    staying
      .filter(({ conditions }) => (conditions.ready ?? true) === wanted)
      .flatMap(({ addresses, nodeName, targetRef }) => addresses.map((ip) => ({ ip, nodeName, targetRef }))),
  );
  return [
    {
      ...(ready?.length && { addresses: ready }),
      ...(waiting?.length && { notReadyAddresses: waiting }),
      ports: ports.map(({ name, ...port }) => ({ ...(name !== '' && { name }), ...port })),
    },
  ];
}
