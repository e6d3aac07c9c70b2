import type {
  CoreV1Event,
  V1ConfigMap,
  V1Container,
  V1ContainerState,
  V1ContainerStatus,
  V1DaemonSet,
  V1DaemonSetSpec,
  V1DaemonSetStatus,
  V1Deployment,
  V1DeploymentCondition,
  V1DeploymentSpec,
  V1DeploymentStatus,
  V1Endpoint,
  V1EndpointConditions,
  V1EndpointSlice,
  V1EventSource,
  V1Ingress,
  V1Job,
  V1Lease,
  V1LeaseSpec,
  V1Namespace,
  V1NetworkPolicy,
  V1NetworkPolicySpec,
  V1Node,
  V1NodeAddress,
  V1NodeCondition,
  V1NodeSpec,
  V1NodeStatus,
  V1NodeSystemInfo,
  V1ObjectMeta,
  V1ObjectReference,
  V1Pod,
  V1PodCondition,
  V1PodSpec,
  V1PodStatus,
  V1PodTemplateSpec,
  V1ReplicaSet,
  V1ReplicaSetSpec,
  V1ReplicaSetStatus,
  V1Service,
  V1ServicePort,
  V1ServiceSpec,
  V1ServiceStatus,
} from '@kubernetes/client-node';
import type { TargetType } from '../../core/model/aws.ts';
import type {
  GatewayClassSpec,
  GatewaySpec,
  LoadBalancerConfigurationSpec,
  TargetGroupConfigurationSpec,
  TcpRouteSpec,
} from './gateway/gateway-spec.ts';
import type { Wire } from './wire.ts';

/** A type of the Kubernetes client as JSON, with the fields that the lab always writes. */
export type Filled<Type, Fields> = Omit<Wire<Type>, keyof Fields> & Fields;

/** `metadata` as the API server fills it in. */
export type Metadata = Filled<
  V1ObjectMeta,
  {
    name: string;
    uid: string;
    resourceVersion: string;
    creationTimestamp: string;
    labels: Record<string, string>;
    annotations: Record<string, string>;
  }
>;

/** `metadata` of an object that lives in a namespace. */
export type NamespacedMetadata = Metadata & { namespace: string };

/** A container's spec, as it stands in a Pod. */
export type ContainerSpec = Wire<V1Container> & { image: string };

/** A list that is never empty. */
export type AtLeastOne<Each> = [Each, ...Each[]];

export type PodSpec = Filled<V1PodSpec, { containers: AtLeastOne<ContainerSpec> }>;

type PodTemplate = Filled<
  V1PodTemplateSpec,
  { metadata: { labels: Record<string, string>; annotations?: Record<string, string> }; spec: PodSpec }
>;

export type ContainerStatus = Filled<V1ContainerStatus, { state: Wire<V1ContainerState> }>;

export type PodCondition = Filled<V1PodCondition, { lastTransitionTime: string; lastProbeTime?: string | null }>;

export type Pod = Filled<
  V1Pod,
  {
    apiVersion: string;
    kind: 'Pod';
    metadata: NamespacedMetadata;
    spec: PodSpec;
    status: Filled<
      V1PodStatus,
      {
        phase: string;
        conditions: PodCondition[];
        containerStatuses?: ContainerStatus[];
        initContainerStatuses?: ContainerStatus[];
      }
    >;
  }
>;

export type ServicePort = Filled<V1ServicePort, { protocol: string; targetPort: number | string }>;

export type Service = Filled<
  V1Service,
  {
    apiVersion: string;
    kind: 'Service';
    metadata: NamespacedMetadata;
    spec: Filled<
      V1ServiceSpec,
      { type: string; externalTrafficPolicy?: 'Cluster' | 'Local'; ports: AtLeastOne<ServicePort> }
    >;
    status: Wire<V1ServiceStatus>;
  }
>;

export type NodeCondition = Filled<V1NodeCondition, { lastTransitionTime: string }>;

export type Node = Filled<
  V1Node,
  {
    apiVersion: string;
    kind: 'Node';
    metadata: Metadata;
    spec: Filled<V1NodeSpec, { providerID: string }>;
    status: Filled<
      V1NodeStatus,
      {
        addresses: [{ type: 'InternalIP'; address: string }, ...Wire<V1NodeAddress>[]];
        conditions: NodeCondition[];
        nodeInfo: Partial<Wire<V1NodeSystemInfo>>;
      }
    >;
  }
>;

export type Deployment = Filled<
  V1Deployment,
  {
    apiVersion: string;
    kind: 'Deployment';
    metadata: NamespacedMetadata;
    spec: Filled<V1DeploymentSpec, { replicas: number; template: PodTemplate }>;
    status: Filled<V1DeploymentStatus, { conditions: AtLeastOne<Wire<V1DeploymentCondition>> }>;
  }
>;

export type ReplicaSet = Filled<
  V1ReplicaSet,
  {
    apiVersion: string;
    kind: 'ReplicaSet';
    metadata: NamespacedMetadata;
    spec: Filled<V1ReplicaSetSpec, { replicas: number; template: PodTemplate }>;
    status: Wire<V1ReplicaSetStatus>;
  }
>;

export type DaemonSet = Filled<
  V1DaemonSet,
  {
    apiVersion: string;
    kind: 'DaemonSet';
    metadata: NamespacedMetadata;
    spec: Filled<V1DaemonSetSpec, { template: PodTemplate }>;
    status: Wire<V1DaemonSetStatus>;
  }
>;

export type EndpointSlice = Filled<
  V1EndpointSlice,
  {
    apiVersion: string;
    kind: 'EndpointSlice';
    metadata: NamespacedMetadata;
    ports: { name: string; port: number; protocol: string }[];
    endpoints: Endpoint[];
  }
>;

/** An endpoint that stands for a Pod. */
export type Endpoint = Filled<
  V1Endpoint,
  {
    addresses: AtLeastOne<string>;
    conditions: Required<Wire<V1EndpointConditions>>;
    nodeName: string;
    targetRef: Wire<V1ObjectReference> & { name: string };
  }
>;

export type Event = Filled<
  Omit<CoreV1Event, 'series'>,
  {
    apiVersion: string;
    kind: 'Event';
    metadata: NamespacedMetadata;
    type: string;
    reason: string;
    message: string;
    count: number;
    eventTime: string | null;
    firstTimestamp: string;
    lastTimestamp: string;
    source: Wire<V1EventSource>;
    reportingComponent: string;
    reportingInstance: string;
  }
>;

export type ConfigMap = Filled<
  V1ConfigMap,
  { apiVersion: string; kind: 'ConfigMap'; metadata: NamespacedMetadata; data: Record<string, string> }
>;

export type Lease = Filled<
  V1Lease,
  { apiVersion: string; kind: 'Lease'; metadata: NamespacedMetadata; spec: Wire<V1LeaseSpec> }
>;

export type Namespace = Filled<V1Namespace, { apiVersion: string; kind: 'Namespace'; metadata: Metadata }>;

export type Ingress = Filled<V1Ingress, { apiVersion: string; kind: 'Ingress'; metadata: NamespacedMetadata }>;

export type Job = Filled<V1Job, { apiVersion: string; kind: 'Job'; metadata: NamespacedMetadata }>;

export type NetworkPolicy = Filled<
  V1NetworkPolicy,
  {
    apiVersion: string;
    kind: 'NetworkPolicy';
    metadata: NamespacedMetadata;
    spec: Filled<V1NetworkPolicySpec, { policyTypes: string[]; podSelector: { matchLabels?: Record<string, string> } }>;
  }
>;

/** A security group, or else a range of addresses, that a TargetGroupBinding lets in. */
export interface BindingPeer {
  securityGroup?: { groupID: string };
  ipBlock?: { cidr: string };
}

/** Who may reach which ports of the targets of a TargetGroupBinding. */
export interface BindingNetworking {
  ingress: {
    from: BindingPeer[];
    /** Absent where a Service has no NodePort. */
    ports: { port: number | string | undefined; protocol: string }[];
  }[];
}

/** A custom resource of both controllers (aws-load-balancer-controller apis/elbv2/v1beta1/targetgroupbinding_types.go). */
export interface TargetGroupBinding {
  apiVersion: string;
  kind: 'TargetGroupBinding';
  metadata: NamespacedMetadata;
  spec: {
    ipAddressType?: string;
    multiClusterTargetGroup?: boolean;
    networking?: BindingNetworking;
    nodeSelector?: { matchLabels: Record<string, string> };
    serviceRef: { name: string; port: number | string };
    targetGroupARN: string;
    targetGroupProtocol?: string;
    targetType: TargetType;
    vpcID?: string;
  };
  status: { observedGeneration: number };
}

/** A custom resource of Calico, as far as the lab enforces it. */
export interface GlobalNetworkPolicy {
  apiVersion: string;
  kind: 'GlobalNetworkPolicy';
  metadata: Metadata;
  spec: {
    order: number;
    selector: string;
    types: string[];
    ingress: { action: string; source?: { nets?: string[] } }[];
  };
}

/** A custom resource that a controller of the lab carries out. */
interface Custom<Kind extends string, Spec, Meta = NamespacedMetadata> {
  apiVersion: string;
  kind: Kind;
  metadata: Meta;
  spec: Spec;
}

export type Gateway = Custom<'Gateway', GatewaySpec>;
export type TargetGroupConfiguration = Custom<'TargetGroupConfiguration', TargetGroupConfigurationSpec>;

/** The kinds of objects that clusters of the lab hold, by name. */
export interface Kinds {
  ConfigMap: ConfigMap;
  DaemonSet: DaemonSet;
  Deployment: Deployment;
  EndpointSlice: EndpointSlice;
  Event: Event;
  Gateway: Gateway;
  GatewayClass: Custom<'GatewayClass', GatewayClassSpec, Metadata>;
  GlobalNetworkPolicy: GlobalNetworkPolicy;
  Ingress: Ingress;
  Job: Job;
  Lease: Lease;
  LoadBalancerConfiguration: Custom<'LoadBalancerConfiguration', LoadBalancerConfigurationSpec>;
  Namespace: Namespace;
  NetworkPolicy: NetworkPolicy;
  Node: Node;
  Pod: Pod;
  ReplicaSet: ReplicaSet;
  Service: Service;
  TCPRoute: Custom<'TCPRoute', TcpRouteSpec>;
  TargetGroupBinding: TargetGroupBinding;
  TargetGroupConfiguration: TargetGroupConfiguration;
}

/** An object as the Kubernetes API serves it. */
export type KubernetesObject = Kinds[keyof Kinds];

/** A custom resource that the lab serves and nothing in it acts on. */
export interface CustomResource {
  apiVersion: string;
  kind: string;
  metadata: Metadata;
  spec: object;
}

/** True for an object of that kind. */
export const isOfKind = <Kind extends keyof Kinds>(object: KubernetesObject, kind: Kind): object is Kinds[Kind] =>
  object.kind === kind;
