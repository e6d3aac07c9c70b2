import type { V1Service } from '@kubernetes/client-node';
import * as z from 'zod';
import type { Service } from '../../core/model/kubernetes.ts';
import { known } from '../aws/known.ts';
import { timeOf } from '../aws/time.ts';
import type { Connection } from './client/connection.ts';
import { list } from './client/list.ts';
import type { Pool } from './client/pool.ts';
import { shapeOf } from './client/wire.ts';
import { metadataOf } from './metadata.ts';
import { flag, listOf, managedMetadata, number, portNumberOrName, text, texts } from './shapes.ts';

const service = shapeOf<V1Service>()(
  z.object({
    metadata: managedMetadata,
    spec: z
      .object({
        type: text,
        selector: texts,
        ports: listOf(
          z.object({
            name: text,
            protocol: text,
            appProtocol: text,
            port: z.number(),
            targetPort: portNumberOrName.nullish(),
            nodePort: number,
          }),
        ),
        externalTrafficPolicy: text,
        internalTrafficPolicy: text,
        healthCheckNodePort: number,
        loadBalancerClass: text,
        loadBalancerSourceRanges: listOf(z.string()),
        allocateLoadBalancerNodePorts: flag,
        publishNotReadyAddresses: flag,
        ipFamilies: listOf(z.string()),
      })
      .nullish(),
    status: z
      .object({ loadBalancer: z.object({ ingress: listOf(z.object({ hostname: text, ip: text })) }).nullish() })
      .nullish(),
  }),
);

/** Services of all namespaces. */
export const readServices = (connection: Connection, kept: Service[] = []): Promise<Service[]> =>
  list(
    connection,
    { action: 'list services', path: '/api/v1/services', shape: service, keep: project, fromCache: true },
    kept,
  );

const project = ({ metadata, spec, status }: z.output<typeof service>, pool: Pool): Service => ({
  metadata: metadataOf(metadata, pool),
  spec: known({
    type: spec?.type ?? 'ClusterIP',
    selector: pool.value(spec?.selector ?? {}),
    ports: (spec?.ports ?? []).map(({ name, protocol, appProtocol, port, targetPort, nodePort }) =>
      known({ name, protocol: protocol ?? 'TCP', appProtocol, port, targetPort: targetPort ?? port, nodePort }),
    ),
    externalTrafficPolicy: spec?.externalTrafficPolicy as 'Cluster' | 'Local' | undefined,
    internalTrafficPolicy: spec?.internalTrafficPolicy,
    healthCheckNodePort: spec?.healthCheckNodePort,
    loadBalancerClass: spec?.loadBalancerClass,
    loadBalancerSourceRanges: spec?.loadBalancerSourceRanges ?? [],
    allocateLoadBalancerNodePorts: spec?.allocateLoadBalancerNodePorts,
    publishNotReadyAddresses: spec?.publishNotReadyAddresses,
    ipFamilies: spec?.ipFamilies ?? [],
  }),
  status: known({
    loadBalancer: (status?.loadBalancer?.ingress ?? []).map(({ hostname, ip }) => known({ hostname, ip })),
    writtenAt: timeOf(metadata.managedFields?.statusAt),
  }),
});
