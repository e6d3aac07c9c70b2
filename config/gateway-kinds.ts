/** One kind of object by which the AWS Load Balancer Controller settles what target groups of the Gateway API are like. */
export interface GatewayKind {
  group: string;
  /** Versions in which it is read, the best first. */
  versions: string[];
  /** As in the path of the API. */
  resource: string;
  kind: 'TargetGroupConfiguration' | 'LoadBalancerConfiguration' | 'Gateway' | 'GatewayClass';
  namespaced: boolean;
  /** Why an audit lists it. */
  why: string;
}

const controller = { group: 'gateway.k8s.aws', versions: ['v1', 'v1beta1'], namespaced: true };
const upstream = { group: 'gateway.networking.k8s.io', versions: ['v1'] };

/** What an audit lists where its API group is served. */
export const gatewayKinds: GatewayKind[] = [
  {
    ...controller,
    resource: 'targetgroupconfigurations',
    kind: 'TargetGroupConfiguration',
    why: 'the health check that routes of a Gateway ask for',
  },
  {
    ...controller,
    resource: 'loadbalancerconfigurations',
    kind: 'LoadBalancerConfiguration',
    why: 'which of those is the default of a Gateway',
  },
  { ...upstream, resource: 'gateways', kind: 'Gateway', namespaced: true, why: 'the settings that a Gateway names' },
  {
    ...upstream,
    resource: 'gatewayclasses',
    kind: 'GatewayClass',
    namespaced: false,
    why: 'the settings that a class of Gateways names',
  },
];
