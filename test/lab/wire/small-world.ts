import type {
  EndpointSlice,
  Event,
  KubernetesObject,
  Metadata,
  Namespace,
  Node,
  Pod,
  Service,
} from '../../../lab/world/kubernetes-object.ts';
import type { Socket, World, WorldCluster } from '../../../lab/world/world.ts';

export const vpcId = 'vpc-0aaaaaaaaaaaaaaa1';
export const targetGroupArn =
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/k8s-shop-web/0123456789abcdef';
export const loadBalancerArn =
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/k8s-shop-web/0123456789abcdef';
export const topicArn = 'arn:aws:sns:eu-west-1:111122223333:findings';

const uid = (name: string) =>
  `00000000-0000-4000-8000-${Buffer.from(name).toString('hex').padEnd(12, '0').slice(0, 12)}`;

export const metadata = (name: string, namespace = 'shop', labels: Record<string, string> = {}) => ({
  name,
  namespace,
  uid: uid(name),
  resourceVersion: '1',
  creationTimestamp: '2026-11-01T10:00:00Z',
  labels,
  annotations: {},
});

const clusterScoped = (name: string): Metadata => {
  const { namespace: _, ...rest } = metadata(name);
  return rest;
};

export const pod = (name: string, labels: Record<string, string> = { app: 'web' }): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: metadata(name, 'shop', labels),
  spec: { nodeName: 'ip-10-0-1-10.eu-west-1.compute.internal', containers: [{ name: 'web', image: 'web:1' }] },
  status: {
    phase: 'Running',
    podIP: '10.0.1.20',
    podIPs: [{ ip: '10.0.1.20' }],
    conditions: [],
    containerStatuses: [
      { name: 'web', ready: true, restartCount: 3, image: 'web:1', imageID: '', state: { running: {} }, lastState: {} },
    ],
  },
});

const namespace: Namespace = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: clusterScoped('shop'),
};

const service: Service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: metadata('web'),
  spec: {
    type: 'LoadBalancer',
    clusterIP: '172.20.0.9',
    selector: { app: 'web' },
    ports: [{ port: 80, nodePort: 30080, protocol: 'TCP', targetPort: 8080 }],
  },
  status: { loadBalancer: { ingress: [{ hostname: 'web.elb.eu-west-1.amazonaws.com' }] } },
};

const node: Node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: clusterScoped('ip-10-0-1-10.eu-west-1.compute.internal'),
  spec: { providerID: 'aws:///eu-west-1a/i-0aaaaaaaaaaaaaaa1' },
  status: {
    addresses: [{ type: 'InternalIP', address: '10.0.1.10' }],
    conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-11-01T10:00:00Z' }],
    nodeInfo: { kubeletVersion: 'v1.33.5-eks-113cf36' },
  },
};

const slice: EndpointSlice = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: metadata('web-abc12', 'shop', { 'kubernetes.io/service-name': 'web' }),
  addressType: 'IPv4',
  ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
  endpoints: [
    {
      addresses: ['10.0.1.20'],
      conditions: { ready: true, serving: true, terminating: false },
      nodeName: 'ip-10-0-1-10.eu-west-1.compute.internal',
      targetRef: { kind: 'Pod', name: 'web-1', namespace: 'shop', uid: uid('web-1') },
    },
  ],
};

const event: Event = {
  apiVersion: 'v1',
  kind: 'Event',
  metadata: metadata('web-1.17'),
  involvedObject: { kind: 'Pod', name: 'web-1', namespace: 'shop', uid: uid('web-1') },
  type: 'Warning',
  reason: 'BackOff',
  message: 'Back-off restarting failed container',
  source: { component: 'kubelet' },
  count: 7,
  firstTimestamp: '2026-11-01T10:00:00Z',
  lastTimestamp: '2026-11-01T10:05:00Z',
  eventTime: null,
  reportingComponent: '',
  reportingInstance: '',
};

export const cluster = (name: string, objects: KubernetesObject[] = []): WorldCluster => ({
  cluster: {
    arn: `arn:aws:eks:eu-west-1:111122223333:cluster/${name}`,
    name,
    version: '1.33',
    status: 'ACTIVE',
    endpoint: '',
    certificateAuthority: '',
    vpcId,
    subnetIds: ['subnet-0aaaaaaaaaaaaaaa1'],
    clusterSecurityGroupId: 'sg-0aaaaaaaaaaaaaaa1',
    securityGroupIds: [],
    endpointPublicAccess: true,
    endpointPrivateAccess: true,
    authenticationMode: 'API',
    ipFamily: 'ipv4',
    autoModeLoadBalancing: false,
    createdAt: '2026-10-01T08:00:00.000Z',
    tags: { team: 'shop' },
  },
  objects,
  processes: {},
  logs: { 'shop/web-1/web': { current: ['one', 'two', 'three'], previous: ['panic: out of luck'] } },
  kubeProxyNames: {},
  reachable: true,
  controllerRunning: true,
  forbidden: [],
});

/** A hand-written account with one of each thing; it listens nowhere unless given sockets. */
export const smallWorld = (changes: Partial<World> = {}): World => ({
  account: '111122223333',
  region: 'eu-west-1',
  network: '10.0',
  now: '2026-11-01T12:00:00Z',
  prober: {
    vpcId,
    subnetId: 'subnet-0aaaaaaaaaaaaaaa1',
    securityGroupId: 'sg-0aaaaaaaaaaaaaaa1',
    address: '127.0.0.1',
  },
  clusters: [
    cluster('shop', [namespace, service, node, slice, event, pod('web-1'), pod('web-2'), pod('job-1', { app: 'job' })]),
  ],
  vpcs: [
    {
      id: vpcId,
      cidrs: ['10.0.0.0/16', '100.64.0.0/16'],
      ipv6Cidrs: [],
      dhcpOptionsId: 'dopt-01',
      tags: { Name: 'main' },
    },
  ],
  dhcpOptions: [{ id: 'dopt-01', domainName: 'eu-west-1.compute.internal', domainNameServers: ['AmazonProvidedDNS'] }],
  subnets: ['a', 'b'].map((zone, index) => ({
    id: `subnet-0aaaaaaaaaaaaaaa${index + 1}`,
    vpcId,
    zone: `eu-west-1${zone}`,
    cidr: `10.0.${index}.0/24`,
    ipv6Cidrs: [],
    availableIps: 200,
    tags: { 'kubernetes.io/role/internal-elb': '1' },
  })),
  routeTables: [
    {
      id: 'rtb-0aaaaaaaaaaaaaaa1',
      vpcId,
      main: true,
      subnetIds: ['subnet-0aaaaaaaaaaaaaaa1'],
      routes: [
        { destination: '10.0.0.0/16', target: 'local', state: 'active' },
        { destination: '0.0.0.0/0', target: 'nat-0aaaaaaaaaaaaaaa1', state: 'blackhole' },
      ],
    },
  ],
  networkAcls: [
    {
      id: 'acl-0aaaaaaaaaaaaaaa1',
      vpcId,
      isDefault: true,
      subnetIds: ['subnet-0aaaaaaaaaaaaaaa1', 'subnet-0aaaaaaaaaaaaaaa2'],
      entries: [
        {
          egress: false,
          ruleNumber: 100,
          protocol: '6',
          action: 'allow',
          cidr: '0.0.0.0/0',
          fromPort: 0,
          toPort: 65535,
        },
        { egress: true, ruleNumber: 32767, protocol: '-1', action: 'deny', cidr: '0.0.0.0/0' },
      ],
    },
  ],
  securityGroups: [
    {
      id: 'sg-0aaaaaaaaaaaaaaa1',
      name: 'nodes',
      vpcId,
      tags: { 'kubernetes.io/cluster/shop': 'owned' },
      rules: [
        {
          id: 'sgr-01',
          egress: false,
          protocol: 'tcp',
          fromPort: 30000,
          toPort: 32767,
          cidrIpv4: '10.0.0.0/16',
          description: 'a & b <c>',
        },
        {
          id: 'sgr-02',
          egress: false,
          protocol: 'tcp',
          fromPort: 30000,
          toPort: 32767,
          referencedGroupId: 'sg-0aaaaaaaaaaaaaaa1',
        },
        { id: 'sgr-03', egress: true, protocol: '-1', fromPort: -1, toPort: -1, cidrIpv4: '0.0.0.0/0' },
      ],
    },
  ],
  prefixLists: [{ id: 'pl-01', cidrs: ['192.0.2.0/24', '198.51.100.0/24'] }],
  endpointServices: [
    {
      id: 'vpce-svc-01',
      name: 'com.amazonaws.vpce.eu-west-1.vpce-svc-01',
      state: 'Available',
      loadBalancerArns: ['arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/shared/01'],
    },
  ],
  instances: Array.from({ length: 12 }, (_, index) => ({
    id: `i-${String(index + 1).padStart(17, '0')}`,
    state: index === 11 ? 'stopped' : 'running',
    type: 'm7g.large',
    imageId: 'ami-0aaaaaaaaaaaaaaa1',
    vpcId,
    subnetId: 'subnet-0aaaaaaaaaaaaaaa1',
    zone: 'eu-west-1a',
    privateIp: `10.0.1.${index + 10}`,
    ipv6Addresses: [],
    privateDnsName: `ip-10-0-1-${index + 10}.eu-west-1.compute.internal`,
    hostnameType: 'ip-name',
    launchedAt: '2026-10-01T08:00:00.000Z',
    tags: { Name: `node-${index + 1}` },
  })),
  networkInterfaces: [
    {
      id: 'eni-0aaaaaaaaaaaaaaa1',
      description: 'Primary',
      interfaceType: 'interface',
      vpcId,
      subnetId: 'subnet-0aaaaaaaaaaaaaaa1',
      zone: 'eu-west-1a',
      status: 'in-use',
      securityGroups: ['sg-0aaaaaaaaaaaaaaa1'],
      privateIps: ['10.0.1.10', '10.0.1.20'],
      ipv6Addresses: [],
      instanceId: 'i-00000000000000001',
      deviceIndex: 0,
    },
    {
      id: 'eni-0aaaaaaaaaaaaaaa2',
      description: 'ELB net/k8s-shop-web/0123456789abcdef',
      interfaceType: 'network_load_balancer',
      vpcId,
      subnetId: 'subnet-0aaaaaaaaaaaaaaa2',
      zone: 'eu-west-1b',
      status: 'in-use',
      securityGroups: [],
      privateIps: ['10.0.2.5'],
      ipv6Addresses: [],
    },
  ],
  loadBalancers: [
    {
      arn: loadBalancerArn,
      name: 'k8s-shop-web',
      dnsName: 'web.elb.eu-west-1.amazonaws.com',
      type: 'network',
      scheme: 'internal',
      vpcId,
      state: 'active',
      zones: [{ name: 'eu-west-1a', subnetId: 'subnet-0aaaaaaaaaaaaaaa1' }],
      securityGroups: [],
      ipAddressType: 'ipv4',
      createdAt: '2026-10-01T08:00:00.000Z',
      attributes: { 'load_balancing.cross_zone.enabled': 'false' },
      tags: { 'elbv2.k8s.aws/cluster': 'shop' },
    },
  ],
  listeners: [
    {
      arn: loadBalancerArn.replace(':loadbalancer/', ':listener/').concat('/fedcba9876543210'),
      loadBalancerArn,
      protocol: 'TCP',
      port: 80,
      forwards: [{ targetGroupArn }],
    },
  ],
  targetGroups: [
    {
      arn: targetGroupArn,
      name: 'k8s-shop-web',
      protocol: 'TCP',
      port: 30080,
      vpcId,
      targetType: 'instance',
      ipAddressType: 'ipv4',
      loadBalancerArns: [loadBalancerArn],
      healthCheck: {
        protocol: 'HTTP',
        port: 'traffic-port',
        path: '/healthz',
        intervalSeconds: 10,
        timeoutSeconds: 6,
        healthyThreshold: 2,
        unhealthyThreshold: 2,
        successCodes: '200-399',
      },
      attributes: { 'deregistration_delay.timeout_seconds': '300' },
      tags: { 'elbv2.k8s.aws/cluster': 'shop' },
    },
  ],
  targetHealth: [
    { targetGroupArn, id: 'i-00000000000000001', port: 30080, healthCheckPort: 30080, state: 'healthy' },
    {
      targetGroupArn,
      id: 'i-00000000000000002',
      port: 30080,
      healthCheckPort: 30080,
      state: 'unhealthy',
      reason: 'Target.FailedHealthChecks',
      description: 'Health checks failed',
    },
  ],
  sockets: [],
  secrets: {},
  topics: [topicArn],
  refusals: [],
  ...changes,
});

/** A listener of a world. */
export const socket = (address: string, port: number, behaviour: Socket['behaviour']): Socket => ({
  address,
  port,
  behaviour,
});
