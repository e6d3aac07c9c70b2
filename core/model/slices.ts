import type { AddOn, Capability } from './add-on.ts';
import type {
  DhcpOptions,
  EndpointService,
  Instance,
  Listener,
  LoadBalancer,
  NetworkAcl,
  NetworkInterface,
  PrefixList,
  RouteTable,
  SecurityGroup,
  Subnet,
  Target,
  TargetGroup,
  Vpc,
} from './aws.ts';
import type { ChangeLog } from './changes/recorded-call.ts';
import type { EnginePolicy, NodeClass } from './custom-resources/engine-policy.ts';
import type { GatewayConfiguration } from './custom-resources/gateway-configuration.ts';
import type { FlowReading } from './flow-logs/flow-reading.ts';
import type {
  ConfigMap,
  EndpointSlice,
  Event,
  ForeignBinding,
  Lease,
  NetworkPolicy,
  Node,
  Pod,
  PodLog,
  Service,
  TargetGroupBinding,
  Workload,
} from './kubernetes.ts';
import type { LostBackend } from './lost/lost-backend.ts';
import type { MetricSeries } from './metrics/metric-series.ts';
import type { ProbeResult } from './probe-result.ts';

/** Every kind of thing that can be observed, by the name that checks put into `needs`. */
export interface Slices {
  loadBalancers: LoadBalancer[];
  listeners: Listener[];
  targetGroups: TargetGroup[];
  targetHealth: Target[];
  instances: Instance[];
  networkInterfaces: NetworkInterface[];
  securityGroups: SecurityGroup[];
  networkAcls: NetworkAcl[];
  subnets: Subnet[];
  routeTables: RouteTable[];
  vpcs: Vpc[];
  dhcpOptions: DhcpOptions[];
  prefixLists: PrefixList[];
  /** Those of the account and Region. */
  endpointServices: EndpointService[];
  services: Service[];
  endpointSlices: EndpointSlice[];
  pods: Pod[];
  podLogs: PodLog[];
  nodes: Node[];
  events: Event[];
  workloads: Workload[];
  networkPolicies: NetworkPolicy[];
  /** Policies of the network engine's own kinds: AWS, Calico, Cilium; of others only that they exist. */
  enginePolicies: EnginePolicy[];
  /** NodeClasses of EKS Auto Mode. */
  nodeClasses: NodeClass[];
  targetGroupBindings: TargetGroupBinding[];
  /** Objects of the Gateway API that settle what target groups of its routes are like. */
  gatewayConfigurations: GatewayConfiguration[];
  /** TargetGroupBindings of the other clusters that could be read to the target groups of these Facts. */
  foreignBindings: ForeignBinding[];
  /** What Services and TargetGroupBindings name and Elastic Load Balancing does not have. */
  lostBackends: LostBackend[];
  /** ConfigMaps of kube-system that configure kube-proxy and the CNI. */
  configMaps: ConfigMap[];
  /** The Lease of the AWS Load Balancer Controller's leader, in kube-system. */
  leases: Lease[];
  probes: ProbeResult[];
  /** What CloudWatch counted in the hours before the run; nothing where that is not configured. */
  metrics: MetricSeries[];
  /** What CloudTrail recorded about the resources of target groups with a finding; nothing where that is not configured. */
  changes: ChangeLog[];
  /** What VPC flow logs recorded of health checks that nothing else explains; nothing where that is not configured. */
  flowLogs: FlowReading[];
  /** Add-ons of the cluster that EKS manages, of those that a finding is about. */
  addOns: AddOn[];
  /** Controllers that EKS runs for the cluster, where one of them may write what a finding is about. */
  capabilities: Capability[];
}

export type SliceName = keyof Slices;

/** The slices that the API server of a cluster fills. */
export const kubernetesSlices: readonly SliceName[] = [
  'services',
  'endpointSlices',
  'pods',
  'podLogs',
  'nodes',
  'events',
  'workloads',
  'networkPolicies',
  'enginePolicies',
  'nodeClasses',
  'targetGroupBindings',
  'gatewayConfigurations',
  'configMaps',
  'leases',
];

/** Slices with nothing in them, to be filled. */
export const emptySlices = (): Slices => ({
  loadBalancers: [],
  listeners: [],
  targetGroups: [],
  targetHealth: [],
  instances: [],
  networkInterfaces: [],
  securityGroups: [],
  networkAcls: [],
  subnets: [],
  routeTables: [],
  vpcs: [],
  dhcpOptions: [],
  prefixLists: [],
  endpointServices: [],
  services: [],
  endpointSlices: [],
  pods: [],
  podLogs: [],
  nodes: [],
  events: [],
  workloads: [],
  networkPolicies: [],
  enginePolicies: [],
  nodeClasses: [],
  targetGroupBindings: [],
  gatewayConfigurations: [],
  foreignBindings: [],
  lostBackends: [],
  configMaps: [],
  leases: [],
  probes: [],
  metrics: [],
  changes: [],
  flowLogs: [],
  addOns: [],
  capabilities: [],
});
