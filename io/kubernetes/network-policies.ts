import type { V1NetworkPolicy } from '@kubernetes/client-node';
import * as z from 'zod';
import type { NetworkPolicy, NetworkPolicyPeer } from '../../core/model/kubernetes.ts';
import { known } from '../aws/known.ts';
import type { Connection } from './client/connection.ts';
import { list } from './client/list.ts';
import type { Pool } from './client/pool.ts';
import { shapeOf } from './client/wire.ts';
import { selectorOf } from './label-selector.ts';
import { metadataOf } from './metadata.ts';
import { labelSelector, listOf, managedMetadata, number, portNumberOrName, text } from './shapes.ts';

const peer = z.object({
  ipBlock: z.object({ cidr: z.string(), except: listOf(z.string()) }).nullish(),
  podSelector: labelSelector.nullish(),
  namespaceSelector: labelSelector.nullish(),
});

const networkPolicy = shapeOf<V1NetworkPolicy>()(
  z.object({
    metadata: managedMetadata,
    spec: z
      .object({
        podSelector: labelSelector.nullish(),
        policyTypes: listOf(z.string()),
        ingress: listOf(
          z.object({
            from: listOf(peer),
            ports: listOf(z.object({ port: portNumberOrName.nullish(), endPort: number, protocol: text })),
          }),
        ),
      })
      .nullish(),
  }),
);

/** NetworkPolicies of all namespaces. */
export const readNetworkPolicies = (connection: Connection, kept: NetworkPolicy[] = []): Promise<NetworkPolicy[]> =>
  list(
    connection,
    {
      action: 'list networkpolicies',
      path: '/apis/networking.k8s.io/v1/networkpolicies',
      shape: networkPolicy,
      keep: project,
      fromCache: true,
    },
    kept,
  );

/** The API server always fills in `policyTypes`; an old object without them restricts ingress. */
const project = ({ metadata, spec }: z.output<typeof networkPolicy>, pool: Pool): NetworkPolicy => ({
  metadata: metadataOf(metadata, pool),
  spec: {
    podSelector: selectorOf(spec?.podSelector),
    policyTypes: spec?.policyTypes ?? ['Ingress'],
    ingress: (spec?.ingress ?? []).map(({ from, ports }) => ({
      from: (from ?? []).map(peerOf),
      ports: (ports ?? []).map(({ port, endPort, protocol }) => known({ port, endPort, protocol })),
    })),
  },
});

const peerOf = ({ ipBlock, podSelector, namespaceSelector }: z.output<typeof peer>): NetworkPolicyPeer =>
  known({
    ipBlock: ipBlock && { cidr: ipBlock.cidr, except: ipBlock.except ?? [] },
    podSelector: podSelector && selectorOf(podSelector),
    namespaceSelector: namespaceSelector && selectorOf(namespaceSelector),
  });
