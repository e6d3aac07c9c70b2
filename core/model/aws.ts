/** What the auditor keeps of the answers of EC2 and Elastic Load Balancing: the API's own words, in camel case. */

export type HealthCheckProtocol = 'TCP' | 'HTTP' | 'HTTPS';
export type TargetType = 'instance' | 'ip' | 'alb' | 'lambda';
export type TargetState =
  | 'initial'
  | 'healthy'
  | 'unhealthy'
  | 'unhealthy.draining'
  | 'unused'
  | 'draining'
  | 'unavailable';

/** Settings of the health check as Elastic Load Balancing runs it; `port` is `traffic-port` or a number in digits. */
export interface HealthCheck {
  protocol: HealthCheckProtocol;
  port: string;
  path?: string;
  intervalSeconds: number;
  timeoutSeconds: number;
  healthyThreshold: number;
  unhealthyThreshold: number;
  /** `Matcher.HttpCode`, for example `200-399` or `200,202`. */
  successCodes?: string;
}

export interface TargetGroup {
  arn: string;
  name: string;
  protocol: string;
  port: number;
  vpcId: string;
  targetType: TargetType;
  ipAddressType: 'ipv4' | 'ipv6';
  /** At most one for a Network Load Balancer; empty when no listener uses the group. */
  loadBalancerArns: string[];
  healthCheck: HealthCheck;
  attributes: Record<string, string>;
  tags: Record<string, string>;
}

/** One registered target and what Elastic Load Balancing says of it (DescribeTargetHealth). */
export interface Target {
  targetGroupArn: string;
  /** Instance id or IP address. */
  id: string;
  port: number;
  zone?: string;
  /** The port that is really checked, resolved by Elastic Load Balancing. */
  healthCheckPort: number;
  state: TargetState;
  reason?: string;
  description?: string;
  /** `AdministrativeOverride.State`, for example `zonal_shift_active`. */
  override?: string;
}

export interface LoadBalancer {
  arn: string;
  name: string;
  dnsName: string;
  type: string;
  scheme: string;
  vpcId: string;
  state: string;
  stateReason?: string;
  zones: { name: string; subnetId: string }[];
  /** Empty for a Network Load Balancer made without security groups. */
  securityGroups: string[];
  /** `off` = PrivateLink traffic passes without regard to the inbound rules; absent where there are no security groups. */
  privateLinkEnforcement?: string;
  ipAddressType: string;
  createdAt?: string;
  attributes: Record<string, string>;
  tags: Record<string, string>;
  /** When its listeners were read, in this run or an earlier one, RFC 3339; absent where they were not. */
  listenersAt?: string;
}

export interface Listener {
  arn: string;
  loadBalancerArn: string;
  protocol: string;
  port: number;
  /** `None`, `HTTP1Only`, `HTTP2Only`, `HTTP2Optional` or `HTTP2Preferred`; of TLS listeners, and absent where it was not read. */
  alpnPolicy?: string;
  /** Target groups of the default action's forward. */
  forwards: { targetGroupArn: string; weight?: number }[];
}

export interface Instance {
  id: string;
  state: string;
  type: string;
  imageId: string;
  vpcId: string;
  subnetId: string;
  zone: string;
  privateIp?: string;
  ipv6Addresses: string[];
  privateDnsName?: string;
  /** `PrivateDnsNameOptions.HostnameType`: `ip-name` or `resource-name`. */
  hostnameType?: string;
  launchedAt?: string;
  tags: Record<string, string>;
}

export interface NetworkInterface {
  id: string;
  description: string;
  interfaceType: string;
  vpcId: string;
  subnetId: string;
  zone: string;
  status: string;
  /** Ids of the security groups attached. */
  securityGroups: string[];
  /** Private IPv4 addresses, the primary one first. */
  privateIps: string[];
  ipv6Addresses: string[];
  /** CIDR blocks, /28 or /80, from which the VPC CNI gives addresses to pods (ENABLE_PREFIX_DELEGATION); absent = none. */
  prefixes?: string[];
  instanceId?: string;
  deviceIndex?: number;
}

/** One rule; `protocol` is `tcp`, `udp`, `icmp`, a protocol number, or `-1` for all. Ports are -1 where they do not apply. */
export interface SecurityGroupRule {
  id: string;
  egress: boolean;
  protocol: string;
  fromPort: number;
  toPort: number;
  cidrIpv4?: string;
  cidrIpv6?: string;
  prefixListId?: string;
  referencedGroupId?: string;
  description?: string;
}

export interface SecurityGroup {
  id: string;
  name: string;
  vpcId: string;
  tags: Record<string, string>;
  rules: SecurityGroupRule[];
}

export interface NetworkAclEntry {
  egress: boolean;
  ruleNumber: number;
  /** A protocol number in digits, `-1` for all. */
  protocol: string;
  action: 'allow' | 'deny';
  cidr?: string;
  ipv6Cidr?: string;
  fromPort?: number;
  toPort?: number;
}

export interface NetworkAcl {
  id: string;
  vpcId: string;
  isDefault: boolean;
  subnetIds: string[];
  entries: NetworkAclEntry[];
  /** Absent in Facts that were taken before tags were read. */
  tags?: Record<string, string>;
}

export interface Subnet {
  id: string;
  vpcId: string;
  zone: string;
  cidr: string;
  ipv6Cidrs: string[];
  availableIps: number;
  tags: Record<string, string>;
}

export interface RouteTable {
  id: string;
  vpcId: string;
  main: boolean;
  subnetIds: string[];
  /** `target` is a gateway, interface, peering or transit-gateway id, or `local`. */
  routes: { destination: string; target: string; state: string }[];
}

export interface Vpc {
  id: string;
  cidrs: string[];
  ipv6Cidrs: string[];
  dhcpOptionsId: string;
  tags: Record<string, string>;
}

export interface DhcpOptions {
  id: string;
  domainName?: string;
  domainNameServers: string[];
}

export interface PrefixList {
  id: string;
  cidrs: string[];
}

/** An endpoint service: clients of other VPCs get to these load balancers by AWS PrivateLink. */
export interface EndpointService {
  id: string;
  /** What a client's endpoint names, `com.amazonaws.vpce.<region>.<id>`. */
  name: string;
  /** `Available` while clients can connect. */
  state: string;
  loadBalancerArns: string[];
}

export interface Cluster {
  arn: string;
  name: string;
  version: string;
  status: string;
  /** Empty when the cluster has no endpoint yet. */
  endpoint: string;
  /** PEM certificates, base64, as `certificateAuthority.data` gives them. */
  certificateAuthority: string;
  vpcId: string;
  subnetIds: string[];
  clusterSecurityGroupId?: string;
  securityGroupIds: string[];
  endpointPublicAccess: boolean;
  endpointPrivateAccess: boolean;
  authenticationMode: string;
  ipFamily: string;
  /** EKS Auto Mode runs the load balancing controller (`elasticLoadBalancing.enabled`). */
  autoModeLoadBalancing: boolean;
  createdAt?: string;
  tags: Record<string, string>;
}
