import { type EndpointSlice, isOfKind, type KubernetesObject } from '../../world/kubernetes-object.ts';
import type { Endpoints } from './served-object.ts';

/**
 * The Endpoints that the endpoints controller keeps beside the IPv4 EndpointSlices of a Service: a subset for each set
 * of ports, without pods that terminate (kubernetes/pkg/controller/endpoint/endpoints_controller.go).
 */
export function endpointsOf(objects: KubernetesObject[]): Endpoints[] {
  const slices = objects
    .filter((object) => isOfKind(object, 'EndpointSlice'))
    .filter(({ addressType }) => addressType === 'IPv4')
    .flatMap((slice) => {
      const service = slice.metadata.labels['kubernetes.io/service-name'];
      return service === undefined ? [] : [{ slice, service }];
    });
  const byService = Map.groupBy(slices, ({ slice, service }) => `${slice.metadata.namespace}/${service}`);
  return [...byService.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { namespace, creationTimestamp, resourceVersion, uid } = first.slice.metadata;
    return {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: { name: first.service, namespace, creationTimestamp, resourceVersion, uid },
      subsets: own.flatMap(({ slice }) => subsetOf(slice)),
    };
  });
}

function subsetOf({ ports, endpoints }: EndpointSlice): NonNullable<Endpoints['subsets']> {
  const staying = endpoints.filter(({ conditions }) => !conditions.terminating);
  if (ports.length === 0 || staying.length === 0) return [];
  const [ready, waiting] = [true, false].map((wanted) =>
    staying
      .filter(({ conditions }) => conditions.ready === wanted)
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
