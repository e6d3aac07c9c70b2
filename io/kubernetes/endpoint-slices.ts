import type { V1EndpointSlice } from '@kubernetes/client-node';
import * as z from 'zod';
import type { Endpoint, EndpointSlice } from '../../core/model/kubernetes.ts';
import { known } from '../aws/known.ts';
import type { Connection } from './client/connection.ts';
import { list } from './client/list.ts';
import type { Pool } from './client/pool.ts';
import { shapeOf } from './client/wire.ts';
import { metadataOf } from './metadata.ts';
import { flag, listOf, metadata, number, text } from './shapes.ts';

const endpoint = z.object({
  addresses: z.array(z.string()),
  conditions: z.object({ ready: flag, serving: flag, terminating: flag }).nullish(),
  nodeName: text,
  zone: text,
  hints: z
    .object({ forZones: listOf(z.object({ name: z.string() })), forNodes: listOf(z.object({ name: z.string() })) })
    .nullish(),
  targetRef: z.object({ kind: text, name: text, namespace: text }).nullish(),
});

const endpointSlice = shapeOf<V1EndpointSlice>()(
  z.object({
    metadata,
    addressType: z.string(),
    ports: listOf(z.object({ name: text, port: number, protocol: text })),
    endpoints: listOf(endpoint),
  }),
);

/** EndpointSlices of all namespaces. */
export const readEndpointSlices = (connection: Connection, kept: EndpointSlice[] = []): Promise<EndpointSlice[]> =>
  list(
    connection,
    {
      action: 'list endpointslices',
      path: '/apis/discovery.k8s.io/v1/endpointslices',
      shape: endpointSlice,
      keep: project,
    },
    kept,
  );

const project = (
  { metadata, addressType, ports, endpoints }: z.output<typeof endpointSlice>,
  pool: Pool,
): EndpointSlice => ({
  metadata: metadataOf(metadata, pool),
  addressType,
  ports: pool.value((ports ?? []).map(({ name, port, protocol }) => known({ name, port, protocol }))),
  endpoints: (endpoints ?? []).map((each) => projectEndpoint(each, pool)),
});

const projectEndpoint = (
  { addresses, conditions, nodeName, zone, hints, targetRef }: z.output<typeof endpoint>,
  pool: Pool,
): Endpoint =>
  known({
    addresses,
    conditions: pool.value(
      known({
        ready: conditions?.ready,
        serving: conditions?.serving,
        terminating: conditions?.terminating,
      }),
    ),
    nodeName: nodeName && pool.text(nodeName),
    zone: zone && pool.text(zone),
    hints:
      hints &&
      pool.value(
        known({
          zones: hints.forZones?.map(({ name }) => name),
          nodes: hints.forNodes?.map(({ name }) => name),
        }),
      ),
    targetRef:
      targetRef &&
      known({
        kind: pool.text(targetRef.kind ?? ''),
        name: targetRef.name ?? '',
        namespace: targetRef.namespace && pool.text(targetRef.namespace),
      }),
  });
