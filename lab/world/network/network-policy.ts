import type { NetworkPolicy } from '../kubernetes-object.ts';
import { metadata, put } from '../object.ts';
import type { World, WorldCluster } from '../world.ts';

interface PolicyOptions {
  namespace: string;
  name: string;
  /** Labels of the pods that it selects; all of the namespace by default. */
  selects?: Record<string, string>;
  /** Rules as the API takes them; an empty list denies everything. */
  ingress: object[];
}

/** Adds a NetworkPolicy for ingress. */
export const addNetworkPolicy = (world: World, cluster: WorldCluster, policy: PolicyOptions): NetworkPolicy =>
  put(cluster, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadata(world, cluster, { kind: 'NetworkPolicy', namespace: policy.namespace, name: policy.name }),
    spec: {
      podSelector: policy.selects === undefined ? {} : { matchLabels: policy.selects },
      policyTypes: ['Ingress'],
      ingress: policy.ingress,
    },
  });
