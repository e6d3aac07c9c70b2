import type {
  Cluster,
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
} from '../../core/model/aws.ts';
import type { CustomResource, KubernetesObject } from './kubernetes-object.ts';
import type { FlowLog } from './past/flow-log.ts';
import type { PastCall } from './past/past-call.ts';

/** What a process does with a connection. */
export type Behaviour =
  | {
      kind: 'http';
      /** Status by path; `*` for every other path. */
      paths: Record<string, number>;
      body?: string;
      delayMs?: number;
      /** Only every nth request takes `delayMs`, as where there are too few workers; the others are answered at once. */
      slowEvery?: number;
      tls?: { maxVersion?: 'TLSv1.2'; minVersion?: 'TLSv1.3'; clientCertificate?: boolean };
      /** Answers 400 when Host is none of these. */
      allowedHosts?: string[];
      /** Resets every nth connection. */
      failEvery?: number;
      /** `required`: resets without a Proxy Protocol v2 header; `understood`: takes both; absent: answers 400 to one. */
      proxyProtocol?: 'required' | 'understood';
    }
  /** Accepts and says nothing. */
  | { kind: 'tcp' }
  /** Accepts, then resets at the first byte. */
  | { kind: 'reset' }
  /** Accepts and sends bytes that are not HTTP. */
  | { kind: 'banner'; text: string }
  /** Nothing answers: packets are dropped. */
  | { kind: 'silent' }
  /** More than half of the first packets are lost on the way; the other connections meet `behaviour`. */
  | { kind: 'lossy'; behaviour: AudibleBehaviour };

/** A behaviour that a process shows to everybody who reaches it. */
export type AudibleBehaviour = Exclude<Behaviour, { kind: 'silent' | 'lossy' }>;

/** A process that listens inside a pod; `loopback` binds only 127.0.0.1 of the pod. */
export interface Process {
  port: number;
  behaviour: Behaviour;
  loopback?: boolean;
  /** Binds 0.0.0.0, which takes no connection over IPv6. */
  ipv4Only?: boolean;
}

/** A listener on an address of the lab, as the auditor's packets meet it. No socket = connection refused. */
export interface Socket {
  address: string;
  port: number;
  behaviour: Behaviour;
}

/** One cluster: Kubernetes objects, what listens in its pods, and the logs. */
export interface WorldCluster {
  /** `endpoint` and `certificateAuthority` are filled in by the lab when it starts. */
  cluster: Cluster;
  objects: KubernetesObject[];
  /** Served beside the objects. */
  customResources?: CustomResource[];
  /** By `namespace/pod`. */
  processes: Record<string, Process[]>;
  /** UDP ports on which the program of a workload listens, by namespace and label `app` of its pods, `namespace/app`. */
  udpSockets?: Record<string, number[]>;
  /** By `namespace/pod/container`. */
  logs: Record<string, { current: string[]; previous?: string[] }>;
  /** kube-proxy's own idea of its node's name, by Node name; absent = the Node's name. */
  kubeProxyNames: Record<string, string>;
  /** Since when kube-proxy of a node fails to write its rules, by Node name: RFC 3339. */
  kubeProxyStuckSince?: Record<string, string>;
  /** Names of Nodes whose machine hangs: nothing on it answers any more. */
  hungNodes?: string[];
  /** Firewalls of machines, by Node name: the TCP ports that they let in; absent = none. */
  hostFirewalls?: Record<string, number[]>;
  /** Names of Nodes that drop new connections, being over an allowance of their instance type. */
  exhaustedNodes?: string[];
  /** The namespace to whose pods the service proxy of their own node passes nothing on. */
  dropsLocalPodsIn?: string;
  /** The namespace to whose pods the service proxies of other nodes pass nothing on. */
  dropsRemotePodsIn?: string;
  /** Names of Nodes that drop more than half of the new connections, whichever port they are for. */
  lossyNodes?: string[];
  /** False: the API endpoint refuses connections. */
  reachable: boolean;
  /** False: the load balancing controller stopped reconciling, so AWS keeps what it had. */
  controllerRunning: boolean;
  /** Calls of the load balancing controller that fail. */
  controllerFailures?: ControllerFailure[];
  /** Names of the add-ons that EKS manages there; none when absent. */
  managedAddOns?: string[];
  /** What add-ons were configured with, as JSON text, by name. */
  addOnConfigurations?: Record<string, string>;
  /** Controllers that EKS runs for the cluster. */
  capabilities?: { name: string; type: 'ACK' | 'ARGOCD' | 'KRO' }[];
  /** Kubernetes reads that are refused with 403, for example `list pods` or `get pods/log`. */
  forbidden: string[];
}

/** A step of a load balancing controller that meets an error, for one Service or, without `service`, for all. */
export interface ControllerFailure {
  call: 'RegisterTargets' | 'AuthorizeSecurityGroupIngress' | 'create targetgroupbindings' | 'resolve pod ENI';
  service?: { namespace: string; name: string };
  /** The error as the one who refuses words it. */
  message: string;
}

/** A target as it was registered; its row in `targetHealth` follows from here. */
export interface Registration {
  targetGroupArn: string;
  id: string;
  port: number;
  registeredAt: string;
  /** Draining from here on, until the deregistration delay is over. */
  deregisteredAt?: string;
}

/** What a world was like before its `now`, as far as CloudWatch counted and CloudTrail recorded it. */
export interface Past {
  /** RFC 3339: from here on everything was as it is; before, every target was healthy. */
  struckAt: string;
  /** Stretches before, in which so many targets of a group were unhealthy. */
  spells?: { targetGroupArn: string; from: string; to: string; unhealthy: number }[];
  /** What a load balancer counted in each minute of a stretch, where that is not zero; in one zone, or in each. */
  counts?: { loadBalancerArn: string; metric: string; from: string; to: string; perMinute: number; zone?: string }[];
  /** What CloudTrail recorded, in any order. */
  calls?: PastCall[];
}

/** A whole account as one value: what AWS and Kubernetes answer and what packets meet. */
export interface World {
  account: string;
  region: string;
  /** First two octets of every address, for example `127.20`. */
  network: string;
  /** RFC 3339: the moment at which everything was as described. */
  now: string;
  /**
   * Where the auditor's packets start: decides which security groups let it through. `address` is 127.0.0.1, the
   * source that the kernel gives to loopback packets; a network interface of the VPC carries it.
   */
  prober: { vpcId: string; subnetId: string; securityGroupId: string; address: string };
  /** Absent = nothing is known of before. */
  past?: Past;
  /** Absent = the VPC has none. */
  flowLogs?: FlowLog[];
  /** Ids of endpoints and interfaces that routes lead packets through and that drop them: firewalls. */
  droppedBy?: string[];
  clusters: WorldCluster[];
  vpcs: Vpc[];
  dhcpOptions: DhcpOptions[];
  subnets: Subnet[];
  routeTables: RouteTable[];
  networkAcls: NetworkAcl[];
  securityGroups: SecurityGroup[];
  prefixLists: PrefixList[];
  endpointServices: EndpointService[];
  instances: Instance[];
  networkInterfaces: NetworkInterface[];
  loadBalancers: LoadBalancer[];
  listeners: Listener[];
  targetGroups: TargetGroup[];
  /** What `settle` derives `targetHealth` from; absent in a world that is not settled. */
  registrations?: Registration[];
  targetHealth: Target[];
  /** ARNs of target groups whose health Elastic Load Balancing itself cannot tell. */
  healthUnavailable?: string[];
  /** What Application Load Balancers answer at their listeners. */
  applicationListeners?: { loadBalancerArn: string; port: number; behaviour: Behaviour }[];
  /** Zonal shifts that are active: the load balancer sends nothing to targets of the zone. */
  zonalShifts?: { loadBalancerArn: string; zone: string }[];
  /** The quota of targets for each target group; the default of 1000 when absent. */
  targetsPerTargetGroup?: number;
  sockets: Socket[];
  /** Secrets Manager, by name. */
  secrets: Record<string, string>;
  /** SNS topic ARNs that exist. */
  topics: string[];
  /** ARNs of event buses. */
  buses?: string[];
  /** Roles of the account that AssumeRole gives to everybody, or to those who know the external id; none when absent. */
  roles?: { name: string; externalId?: string }[];
  /** AWS calls that fail: IAM action → error. `times` limits how often. */
  refusals: { action: string; error: 'AccessDenied' | 'Throttling'; times?: number }[];
}
