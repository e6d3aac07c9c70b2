/** A kind of object that the API serves, as discovery lists it. */
export interface Resource {
  /** Empty for the core group. */
  group: string;
  version: string;
  plural: string;
  kind: string;
  namespaced: boolean;
  shortNames: string[];
  /** Comes with a CustomResourceDefinition: unknown to a cluster that has no such object. */
  custom?: true;
}

/** Everything that the lab's clusters can serve. */
export const resources: Resource[] = [
  resource('v1', 'configmaps', 'ConfigMap', ['cm']),
  resource('v1', 'endpoints', 'Endpoints', ['ep']),
  resource('v1', 'events', 'Event', ['ev']),
  clusterScoped('v1', 'namespaces', 'Namespace', ['ns']),
  clusterScoped('v1', 'nodes', 'Node', ['no']),
  resource('v1', 'pods', 'Pod', ['po']),
  resource('v1', 'secrets', 'Secret', []),
  resource('v1', 'services', 'Service', ['svc']),
  resource('apps/v1', 'daemonsets', 'DaemonSet', ['ds']),
  resource('apps/v1', 'deployments', 'Deployment', ['deploy']),
  resource('apps/v1', 'replicasets', 'ReplicaSet', ['rs']),
  resource('apps/v1', 'statefulsets', 'StatefulSet', ['sts']),
  resource('batch/v1', 'jobs', 'Job', []),
  resource('coordination.k8s.io/v1', 'leases', 'Lease', []),
  resource('discovery.k8s.io/v1', 'endpointslices', 'EndpointSlice', []),
  resource('events.k8s.io/v1', 'events', 'Event', ['ev']),
  resource('networking.k8s.io/v1', 'ingresses', 'Ingress', ['ing']),
  resource('networking.k8s.io/v1', 'networkpolicies', 'NetworkPolicy', ['netpol']),
  custom(resource('elbv2.k8s.aws/v1beta1', 'targetgroupbindings', 'TargetGroupBinding', [])),
  custom(resource('eks.amazonaws.com/v1', 'targetgroupbindings', 'TargetGroupBinding', [])),
  custom(clusterScoped('eks.amazonaws.com/v1', 'nodeclasses', 'NodeClass', [])),
  custom(resource('gateway.k8s.aws/v1', 'targetgroupconfigurations', 'TargetGroupConfiguration', [])),
  custom(resource('gateway.k8s.aws/v1', 'loadbalancerconfigurations', 'LoadBalancerConfiguration', [])),
  custom(resource('gateway.networking.k8s.io/v1', 'gateways', 'Gateway', ['gtw'])),
  custom(clusterScoped('gateway.networking.k8s.io/v1', 'gatewayclasses', 'GatewayClass', ['gc'])),
  custom(resource('gateway.networking.k8s.io/v1alpha2', 'tcproutes', 'TCPRoute', [])),
  custom(clusterScoped('networking.k8s.aws/v1alpha1', 'clusternetworkpolicies', 'ClusterNetworkPolicy', [])),
  custom(clusterScoped('crd.projectcalico.org/v1', 'globalnetworkpolicies', 'GlobalNetworkPolicy', [])),
  custom(resource('crd.projectcalico.org/v1', 'networkpolicies', 'NetworkPolicy', [])),
  custom(clusterScoped('crd.projectcalico.org/v1', 'tiers', 'Tier', [])),
  custom(clusterScoped('crd.projectcalico.org/v1', 'globalnetworksets', 'GlobalNetworkSet', [])),
  custom(resource('crd.projectcalico.org/v1', 'networksets', 'NetworkSet', [])),
  custom(resource('cilium.io/v2', 'ciliumnetworkpolicies', 'CiliumNetworkPolicy', ['cnp'])),
  custom(clusterScoped('cilium.io/v2', 'ciliumclusterwidenetworkpolicies', 'CiliumClusterwideNetworkPolicy', ['ccnp'])),
  custom(clusterScoped('policy.networking.k8s.io/v1alpha1', 'adminnetworkpolicies', 'AdminNetworkPolicy', ['anp'])),
  custom(
    clusterScoped('policy.networking.k8s.io/v1alpha1', 'baselineadminnetworkpolicies', 'BaselineAdminNetworkPolicy', [
      'banp',
    ]),
  ),
  custom(clusterScoped('policy.networking.k8s.io/v1alpha2', 'clusternetworkpolicies', 'ClusterNetworkPolicy', ['cnp'])),
  custom(clusterScoped('crd.antrea.io/v1beta1', 'clusternetworkpolicies', 'ClusterNetworkPolicy', ['acnp'])),
  custom(resource('crd.antrea.io/v1beta1', 'networkpolicies', 'NetworkPolicy', ['annp'])),
];

function resource(apiVersion: string, plural: string, kind: string, shortNames: string[]): Resource {
  const [version = '', group = ''] = apiVersion.split('/').toReversed();
  return { group, version, plural, kind, shortNames, namespaced: true };
}

function custom(given: Resource): Resource {
  return { ...given, custom: true };
}

function clusterScoped(...of: Parameters<typeof resource>): Resource {
  return { ...resource(...of), namespaced: false };
}

/** `v1`, or group and version. */
export const apiVersionOf = ({ group, version }: Resource): string => (group === '' ? version : `${group}/${version}`);

/** `pods`, or `deployments.apps`. */
export const qualifiedName = ({ group, plural }: Resource): string => (group === '' ? plural : `${plural}.${group}`);
