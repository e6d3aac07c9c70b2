import type { V1NetworkPolicy, V1NetworkPolicyPeer } from '@kubernetes/client-node';
import type { NetworkPolicy, NetworkPolicyPeer } from '../../core/kubernetes.ts';
import { known } from '../known.ts';
import type { Connection } from '../kubernetes/connection.ts';
import { list } from '../kubernetes/list.ts';
import { selectorOf } from './label-selector.ts';
import { metadataOf } from './metadata.ts';

/** NetworkPolicies of all namespaces. */
export const readNetworkPolicies = (connection: Connection): Promise<NetworkPolicy[]> =>
  list(connection, {
    action: 'list networkpolicies',
    page: (query) => connection.networking.listNetworkPolicyForAllNamespaces(query),
    keep: project,
  });

/** The API server always fills in `policyTypes`; an old object without them restricts ingress. */
const project = ({ metadata, spec }: V1NetworkPolicy): NetworkPolicy => ({
  metadata: metadataOf(metadata),
  spec: {
    podSelector: selectorOf(spec?.podSelector),
    policyTypes: spec?.policyTypes ?? ['Ingress'],
    ingress: (spec?.ingress ?? []).map(({ _from, ports }) => ({
      from: (_from ?? []).map(peer),
      ports: (ports ?? []).map(({ port, endPort, protocol }) => known({ port, endPort, protocol })),
    })),
  },
});

const peer = ({ ipBlock, podSelector, namespaceSelector }: V1NetworkPolicyPeer): NetworkPolicyPeer =>
  known({
    ipBlock: ipBlock && { cidr: ipBlock.cidr, except: ipBlock.except ?? [] },
    podSelector: podSelector && selectorOf(podSelector),
    namespaceSelector: namespaceSelector && selectorOf(namespaceSelector),
  });
