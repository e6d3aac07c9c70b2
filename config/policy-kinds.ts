/** One kind of network policy, or of what such policies refer to, that a network engine brings as a custom resource. */
export interface PolicyKind {
  group: string;
  /** The version that is read. */
  version: string;
  /** As in the path of the API. */
  resource: string;
  kind: string;
  namespaced: boolean;
  /** Why an audit lists it. */
  why: string;
}

const vpcCni = { group: 'networking.k8s.aws', version: 'v1alpha1', why: 'policies of the VPC CNI' };
const calico = { group: 'crd.projectcalico.org', version: 'v1', why: 'policies of Calico' };
const cilium = { group: 'cilium.io', version: 'v2', why: 'policies of Cilium' };
const admin = { group: 'policy.networking.k8s.io', version: 'v1alpha1', why: 'that other policies exist' };
const antrea = { group: 'crd.antrea.io', version: 'v1beta1', why: 'that policies of Antrea exist' };

/** Every kind of every engine that may restrict what reaches a pod; what an audit lists where it is served. */
export const policyKinds: PolicyKind[] = [
  { ...vpcCni, resource: 'clusternetworkpolicies', kind: 'ClusterNetworkPolicy', namespaced: false },
  { ...calico, resource: 'globalnetworkpolicies', kind: 'GlobalNetworkPolicy', namespaced: false },
  { ...calico, resource: 'networkpolicies', kind: 'NetworkPolicy', namespaced: true },
  { ...calico, resource: 'tiers', kind: 'Tier', namespaced: false },
  { ...calico, resource: 'globalnetworksets', kind: 'GlobalNetworkSet', namespaced: false },
  { ...calico, resource: 'networksets', kind: 'NetworkSet', namespaced: true },
  { ...cilium, resource: 'ciliumnetworkpolicies', kind: 'CiliumNetworkPolicy', namespaced: true },
  {
    ...cilium,
    resource: 'ciliumclusterwidenetworkpolicies',
    kind: 'CiliumClusterwideNetworkPolicy',
    namespaced: false,
  },
  { ...admin, resource: 'adminnetworkpolicies', kind: 'AdminNetworkPolicy', namespaced: false },
  { ...admin, resource: 'baselineadminnetworkpolicies', kind: 'BaselineAdminNetworkPolicy', namespaced: false },
  {
    ...admin,
    version: 'v1alpha2',
    resource: 'clusternetworkpolicies',
    kind: 'ClusterNetworkPolicy',
    namespaced: false,
  },
  { ...antrea, resource: 'clusternetworkpolicies', kind: 'ClusterNetworkPolicy', namespaced: false },
  { ...antrea, resource: 'networkpolicies', kind: 'NetworkPolicy', namespaced: true },
];
