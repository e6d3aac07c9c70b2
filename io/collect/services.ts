import type { V1Service } from '@kubernetes/client-node';
import type { Service } from '../../core/kubernetes.ts';
import { known } from '../known.ts';
import type { Connection } from '../kubernetes/connection.ts';
import { list } from '../kubernetes/list.ts';
import { metadataOf } from './metadata.ts';

/** Services of all namespaces. */
export const readServices = (connection: Connection): Promise<Service[]> =>
  list(connection, {
    action: 'list services',
    page: (query) => connection.core.listServiceForAllNamespaces(query),
    keep: project,
  });

const project = ({ metadata, spec, status }: V1Service): Service => ({
  metadata: metadataOf(metadata),
  spec: known({
    type: spec?.type ?? 'ClusterIP',
    selector: spec?.selector ?? {},
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
  status: {
    loadBalancer: (status?.loadBalancer?.ingress ?? []).map(({ hostname, ip }) => known({ hostname, ip })),
  },
});
