/**
 * What the auditor keeps of Kubernetes objects: the API's own field names, only the fields that some check or
 * report reads. Times are RFC 3339 strings.
 */

export interface ObjectMeta {
  name: string;
  /** Absent on cluster-scoped objects. */
  namespace?: string;
  uid: string;
  creationTimestamp: string;
  deletionTimestamp?: string;
  generation?: number;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  /** Those of the controllers of load balancers; others are not kept. */
  finalizers?: string[];
  /** Names of field managers that show which tool writes the object (`managedFields`); others are not kept. */
  managers?: string[];
  /** Of each of them the fields that it holds, as paths; one that holds more than are kept is not among them. */
  heldFields?: Record<string, string[]>;
  /** When field managers last wrote something other than the status, the latest first (`managedFields`); of those objects that tools write. */
  writes?: { manager: string; at: string }[];
  ownerReferences: { kind: string; name: string; uid: string; controller?: boolean }[];
}

export interface ServicePort {
  name?: string;
  protocol: string;
  appProtocol?: string;
  port: number;
  targetPort: number | string;
  nodePort?: number;
}

export interface Service {
  metadata: ObjectMeta;
  spec: {
    type: string;
    selector: Record<string, string>;
    ports: ServicePort[];
    externalTrafficPolicy?: 'Cluster' | 'Local';
    internalTrafficPolicy?: string;
    healthCheckNodePort?: number;
    loadBalancerClass?: string;
    loadBalancerSourceRanges: string[];
    allocateLoadBalancerNodePorts?: boolean;
    publishNotReadyAddresses?: boolean;
    ipFamilies: string[];
  };
  status: {
    loadBalancer: { hostname?: string; ip?: string }[];
    /** When a controller last wrote it (`managedFields`), RFC 3339. */
    writtenAt?: string;
  };
}

/** One address of an EndpointSlice; an absent `ready` counts as ready, as kube-proxy counts it. */
export interface Endpoint {
  addresses: string[];
  conditions: { ready?: boolean; serving?: boolean; terminating?: boolean };
  nodeName?: string;
  zone?: string;
  /** Absent = every node; else the zones, and where given the nodes, whose proxies use it (EndpointSlice API, EndpointHints). */
  hints?: { zones?: string[]; nodes?: string[] };
  targetRef?: { kind: string; name: string; namespace?: string };
}

export interface EndpointSlice {
  metadata: ObjectMeta;
  addressType: string;
  /** `null` in the API means none; a port without a number means all numbers. */
  ports: { name?: string; port?: number; protocol?: string }[];
  endpoints: Endpoint[];
}

export interface ContainerProbe {
  /**
   * `host` is the Host header that the kubelet sends, where the probe names one among its headers. `address` is where it connects, where that is
   * not the pod: the `host` of the API (k8s.io/kubernetes pkg/probe/http, NewRequestForHTTPGetAction).
   */
  httpGet?: { path?: string; port: number | string; scheme?: string; host?: string; address?: string };
  tcpSocket?: { port: number | string; address?: string };
  exec?: { command: string[] };
  grpc?: { port: number };
  periodSeconds?: number;
  timeoutSeconds?: number;
  failureThreshold?: number;
  initialDelaySeconds?: number;
}

export interface Container {
  name: string;
  image: string;
  command: string[];
  args: string[];
  /** Values only of plain variables; a reference is kept as the field it points to. */
  env: { name: string; value?: string; fieldPath?: string }[];
  ports: { name?: string; containerPort: number; protocol?: string; hostPort?: number }[];
  readinessProbe?: ContainerProbe;
  livenessProbe?: ContainerProbe;
  startupProbe?: ContainerProbe;
  memoryLimit?: string;
  cpuLimit?: string;
}

export interface ContainerState {
  waiting?: { reason?: string; message?: string };
  running?: { startedAt?: string };
  terminated?: {
    reason?: string;
    exitCode: number;
    startedAt?: string;
    finishedAt?: string;
    message?: string;
  };
}

export interface ContainerStatus {
  name: string;
  ready: boolean;
  started?: boolean;
  restartCount: number;
  state: ContainerState;
  lastState: ContainerState;
}

export interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
}

export interface Taint {
  key: string;
  value?: string;
  effect: string;
}

export interface Pod {
  metadata: ObjectMeta;
  spec: {
    nodeName?: string;
    hostNetwork?: boolean;
    containers: Container[];
    initContainers: Container[];
    readinessGates: string[];
  };
  status: {
    phase: string;
    reason?: string;
    message?: string;
    podIPs: string[];
    startTime?: string;
    conditions: Condition[];
    containerStatuses: ContainerStatus[];
    initContainerStatuses: ContainerStatus[];
  };
}

export interface Node {
  metadata: ObjectMeta;
  spec: { providerID?: string; unschedulable?: boolean; taints: Taint[] };
  status: {
    addresses: { type: string; address: string }[];
    conditions: Condition[];
    kubeletVersion: string;
    osImage?: string;
  };
}

/** Both event APIs in one shape; `count` is 1 where the API gives none. */
export interface Event {
  namespace: string;
  regarding: { kind: string; name: string; namespace?: string; uid?: string };
  type: string;
  reason: string;
  note: string;
  count: number;
  firstSeen: string;
  lastSeen: string;
  reportingController?: string;
}

/** A Deployment, StatefulSet, DaemonSet or ReplicaSet. `replicas` of a DaemonSet is `desiredNumberScheduled`. */
export interface Workload {
  kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'ReplicaSet';
  metadata: ObjectMeta;
  spec: { replicas: number; template: { labels: Record<string, string>; containers: Container[] } };
  status: {
    replicas: number;
    readyReplicas: number;
    updatedReplicas: number;
    availableReplicas: number;
    conditions: Condition[];
  };
}

export interface NetworkPolicyPeer {
  ipBlock?: { cidr: string; except: string[] };
  podSelector?: LabelSelector;
  namespaceSelector?: LabelSelector;
}

export interface LabelSelector {
  matchLabels: Record<string, string>;
  matchExpressions: { key: string; operator: string; values: string[] }[];
}

export interface NetworkPolicy {
  metadata: ObjectMeta;
  spec: {
    podSelector: LabelSelector;
    policyTypes: string[];
    /** An absent `from` or `ports` means all; kept as an empty list. */
    ingress: {
      from: NetworkPolicyPeer[];
      ports: { port?: number | string; endPort?: number; protocol?: string }[];
    }[];
  };
}

export interface TargetGroupBinding {
  /** Present on those that the controller of EKS Auto Mode serves; absent = `elbv2.k8s.aws`. */
  group?: 'eks.amazonaws.com';
  metadata: ObjectMeta;
  spec: {
    targetGroupARN?: string;
    targetGroupName?: string;
    targetType?: string;
    serviceRef: { name: string; port: number | string };
    /** `undefined` means that the controller manages no rules. */
    networking?: {
      ingress: {
        from: { groupId?: string; cidr?: string }[];
        ports: { port?: number | string; protocol?: string }[];
      }[];
    };
    nodeSelector?: LabelSelector;
    multiClusterTargetGroup?: boolean;
  };
}

/** A TargetGroupBinding of another cluster. */
export interface ForeignBinding {
  cluster: string;
  binding: TargetGroupBinding;
}

export interface ConfigMap {
  metadata: ObjectMeta;
  data: Record<string, string>;
}

/** A lock that its holder renews every few seconds while it lives. */
export interface Lease {
  metadata: ObjectMeta;
  spec: { holderIdentity?: string; leaseDurationSeconds?: number; renewTime?: string };
}

/** Last lines of the previous run of a restarting container, or of what the controller runs now; secrets blanked out. */
export interface PodLog {
  namespace: string;
  pod: string;
  container: string;
  previous: boolean;
  lines: string[];
}
