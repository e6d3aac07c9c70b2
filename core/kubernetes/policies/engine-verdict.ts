import type { EnginePolicy } from '../../model/custom-resources/engine-policy.ts';
import type { ConfigMap, NetworkPolicy } from '../../model/kubernetes.ts';
import type { FilterVerdict } from '../../network/verdict.ts';
import { networkPolicyVerdict, type PolicyEngine } from '../network-policies.ts';
import type { Arrival } from './arrival.ts';
import { calicoVerdict } from './calico-policies.ts';
import { ciliumVerdict } from './cilium-policies.ts';
import { clusterPolicyVerdict } from './cluster-network-policies.ts';

/** All that may restrict a connection in a cluster. */
export interface Policies {
  engine: PolicyEngine;
  enginePolicies: EnginePolicy[];
  networkPolicies: NetworkPolicy[];
  configMaps: ConfigMap[];
}

/** What the engine of the cluster makes of a connection, by its own kinds and NetworkPolicies together. */
export function engineVerdict(arrival: Arrival, policies: Policies): FilterVerdict {
  const { engine, enginePolicies } = policies;
  const unread = enginePolicies.find(({ kind, resource }) => kind === 'OtherPolicy' && enforces(engine, resource));
  if (unread === undefined) return knownVerdict(arrival, policies);
  return { decision: 'unknown', by: `${unread.resource} ${unread.metadata.name} is not evaluated` };
}

/** Kinds of the Kubernetes network policy working group are taken up by engines other than the VPC CNI; Antrea has kinds of its own. */
const enforces = (engine: PolicyEngine, resource: string): boolean =>
  resource.endsWith('.crd.antrea.io') ? engine === 'Antrea' : engine !== 'VPC CNI';

function knownVerdict(
  arrival: Arrival,
  { engine, enginePolicies: own, networkPolicies, configMaps }: Policies,
): FilterVerdict {
  switch (engine) {
    case 'VPC CNI': {
      const policies = own.filter((each) => each.kind === 'ClusterNetworkPolicy');
      return clusterPolicyVerdict(arrival, policies, networkPolicies);
    }
    case 'Calico':
      return calicoVerdict(arrival, own, networkPolicies);
    case 'Cilium': {
      const settings = configMaps.find(({ metadata }) => metadata.name === 'cilium-config')?.data;
      const policies = own.filter((each) => each.kind === 'CiliumPolicy');
      return ciliumVerdict(arrival, { policies, networkPolicies, isAlways: settings?.['enable-policy'] === 'always' });
    }
    case 'Antrea':
      return networkPolicyVerdict(arrival.pod, arrival, networkPolicies);
  }
}
