import type { V1Endpoint, V1EndpointSlice } from '@kubernetes/client-node';
import type { Endpoint, EndpointSlice } from '../../core/kubernetes.ts';
import { known } from '../known.ts';
import type { Connection } from '../kubernetes/connection.ts';
import { list } from '../kubernetes/list.ts';
import { metadataOf } from './metadata.ts';

/** EndpointSlices of all namespaces. */
export const readEndpointSlices = (connection: Connection): Promise<EndpointSlice[]> =>
  list(connection, {
    action: 'list endpointslices',
    page: (query) => connection.discovery.listEndpointSliceForAllNamespaces(query),
    keep: project,
  });

const project = ({ metadata, addressType, ports, endpoints }: V1EndpointSlice): EndpointSlice => ({
  metadata: metadataOf(metadata),
  addressType,
  ports: (ports ?? []).map(({ name, port, protocol }) => known({ name, port, protocol })),
  endpoints: (endpoints ?? []).map(endpoint),
});

const endpoint = ({ addresses, conditions, nodeName, zone, targetRef }: V1Endpoint): Endpoint =>
  known({
    addresses,
    conditions: known({
      ready: conditions?.ready,
      serving: conditions?.serving,
      terminating: conditions?.terminating,
    }),
    nodeName,
    zone,
    targetRef:
      targetRef && known({ kind: targetRef.kind ?? '', name: targetRef.name ?? '', namespace: targetRef.namespace }),
  });
