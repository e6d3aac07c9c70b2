import type {
  Instance,
  Listener,
  NetworkAcl,
  NetworkInterface,
  Subnet,
  Target,
  TargetGroup,
  TargetType,
} from '../../core/model/aws.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { EndpointSlice, Event, Node, ObjectMeta, Pod, Service, Workload } from '../../core/model/kubernetes.ts';
import type { Owner } from '../../core/model/owner.ts';
import type { ProbeOutcome, ProbePurpose, ProbeResult } from '../../core/model/probe-result.ts';
import { emptySlices } from '../../core/model/slices.ts';

export const takenAt = '2026-11-20T12:00:00Z';
export const targetGroupArn =
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/k8s-shop-web-0123456789/0123456789abcdef';
const loadBalancerArn =
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/k8s-shop-web/0123456789abcdef';
const vpcId = 'vpc-0aaaaaaaaaaaaaa01';
const zones = ['a', 'b', 'c'].map((letter) => `eu-west-1${letter}`);

export interface SampleOptions {
  targetType?: TargetType;
  policy?: 'Cluster' | 'Local';
}

/** The Service behind the target group of the sample, by its tags. */
export const sampleOwner: Owner = {
  targetGroupArn,
  cluster: 'shop',
  namespace: 'shop',
  service: 'web',
  servicePort: '80',
  controller: 'aws-load-balancer-controller',
  by: 'tags',
};

/**
 * Facts of one healthy Service `shop/web` (port 80 → 8080, NodePort 31080) on three nodes, one pod on each of the first two,
 * behind a load balancer with a security group. Tests change what they need.
 */
export function sampleFacts({ targetType = 'instance', policy = 'Cluster' }: SampleOptions = {}): Facts {
  const slices = emptySlices();
  const isLocal = targetType === 'instance' && policy === 'Local';
  slices.targetGroups = [targetGroup(targetType, isLocal)];
  slices.loadBalancers = [
    {
      arn: loadBalancerArn,
      name: 'k8s-shop-web',
      dnsName: 'k8s-shop-web-0123456789abcdef.elb.eu-west-1.amazonaws.com',
      type: 'network',
      scheme: 'internal',
      vpcId,
      state: 'active',
      zones: zones.map((name, index) => ({ name, subnetId: `subnet-0aaaaaaaaaaaaaa0${index}` })),
      securityGroups: ['sg-0000000000000000b'],
      ipAddressType: 'ipv4',
      createdAt: '2026-11-01T00:00:00Z',
      attributes: {},
      tags: {},
    },
  ];
  slices.listeners = [
    {
      arn: `${loadBalancerArn}/listener`,
      loadBalancerArn,
      protocol: 'TCP',
      port: 80,
      forwards: [{ targetGroupArn }],
    },
  ];
  slices.subnets = zones.map(subnet);
  slices.networkAcls = [networkAcl(slices.subnets.map(({ id }) => id))];
  slices.routeTables = [
    {
      id: 'rtb-0aaaaaaaaaaaaaa01',
      vpcId,
      main: true,
      subnetIds: [],
      routes: [{ destination: '10.0.0.0/16', target: 'local', state: 'active' }],
    },
  ];
  slices.vpcs = [{ id: vpcId, cidrs: ['10.0.0.0/16'], ipv6Cidrs: [], dhcpOptionsId: 'dopt-1', tags: {} }];
  slices.dhcpOptions = [
    { id: 'dopt-1', domainName: 'eu-west-1.compute.internal', domainNameServers: ['AmazonProvidedDNS'] },
  ];
  slices.instances = zones.map(instance);
  slices.networkInterfaces = zones.flatMap((_, index) => [nodeInterface(index), loadBalancerInterface(index)]);
  slices.securityGroups = [
    {
      id: 'sg-0000000000000000a',
      name: 'nodes',
      vpcId,
      tags: {},
      rules: [rule({ fromPort: 0, toPort: 65535, referencedGroupId: 'sg-0000000000000000b' })],
    },
    {
      id: 'sg-0000000000000000b',
      name: 'load balancer',
      vpcId,
      tags: {},
      rules: [
        rule({ egress: true, fromPort: -1, toPort: -1, protocol: '-1', cidrIpv4: '0.0.0.0/0' }),
        rule({ fromPort: 80, toPort: 80, cidrIpv4: '0.0.0.0/0' }),
      ],
    },
  ];
  slices.services = [service(isLocal)];
  slices.nodes = zones.map(node);
  slices.pods = [pod('web-1', 0), pod('web-2', 1)];
  slices.endpointSlices = [endpointSlice(slices.pods)];
  slices.workloads = [deployment(2)];
  slices.targetHealth =
    targetType === 'ip'
      ? slices.pods.map((each) => target({ id: each.status.podIPs[0] ?? '', port: 8080 }))
      : zones.map((_, index) =>
          target({ id: instanceId(index), port: 31080, healthCheckPort: isLocal ? 32080 : 31080 }),
        );
  if (isLocal) fail(slices.targetHealth, instanceId(2));
  return {
    schemaVersion: 1,
    takenAt,
    account: '111122223333',
    region: 'eu-west-1',
    partition: 'aws',
    vpcId,
    cluster: null,
    owners: [{ ...sampleOwner }],
    vantage: { kind: 'vpc', vpcId, subnetIds: ['subnet-0aaaaaaaaaaaaaa00'], securityGroupIds: [] },
    slices,
    gaps: [],
  };
}

/** A Service with a port for TCP and one for UDP of the same number, behind one target group of both. */
export function useBothProtocols({ slices }: Facts): void {
  for (const { spec } of slices.services)
    spec.ports = spec.ports.flatMap((port) => [port, { ...port, name: 'datagrams', protocol: 'UDP' }]);
  for (const group of slices.targetGroups) group.protocol = 'TCP_UDP';
}

/** Marks targets as failing their health checks; all of them without ids. */
export function fail(targets: Target[], ...ids: string[]): void {
  for (const each of targets) {
    if (ids.length > 0 && !ids.includes(each.id)) continue;
    each.state = 'unhealthy';
    each.reason = 'Target.FailedHealthChecks';
  }
}

/** Adds what a probe of every target met. */
export function probe(
  facts: Facts,
  purpose: ProbePurpose,
  outcome: ProbeOutcome,
  change: Partial<ProbeResult['request']> & { totalMs?: number; only?: string } = {},
): void {
  const { totalMs = 3, only, ...request } = change;
  for (const each of facts.slices.targetHealth) {
    if (only !== undefined && each.id !== only) continue;
    facts.slices.probes.push({
      purpose,
      targetGroupArn,
      targetId: each.id,
      targetPort: each.port,
      request: {
        address: '10.0.0.10',
        port: each.healthCheckPort,
        protocol: outcome.kind === 'open' ? 'TCP' : 'HTTP',
        timeoutMs: 6000,
        ...request,
      },
      outcome,
      timings: { totalMs },
      attempt:
        facts.slices.probes.filter((other) => other.purpose === purpose && other.targetId === each.id).length + 1,
      sentAt: takenAt,
    });
  }
}

/** Adds what a connection to a pod's port met. */
export function probePod(facts: Facts, address: string, port: number, outcome: ProbeOutcome): void {
  facts.slices.probes.push({
    purpose: 'pod',
    targetGroupArn,
    targetId: address,
    targetPort: port,
    request: { address, port, protocol: 'TCP', timeoutMs: 3000 },
    outcome,
    timings: { totalMs: 1 },
    attempt: 1,
    sentAt: takenAt,
  });
}

export const instanceId = (index: number): string => `i-0aaaaaaaaaaaaaa0${index}`;
export const nodeName = (index: number): string => `ip-10-0-${index}-10.eu-west-1.compute.internal`;

/** Metadata with what every object has. */
export const metadata = (name: string, namespace?: string): ObjectMeta => ({
  name,
  ...(namespace !== undefined && { namespace }),
  uid: `uid-${name}`,
  creationTimestamp: '2026-11-01T00:00:00Z',
  labels: {},
  annotations: {},
  ownerReferences: [],
});

/** Takes a pod out of service: running but not ready, as EndpointSlice and pod status would both say. */
export function unready(facts: Facts, name: string): Pod {
  const found = facts.slices.pods.find((each) => each.metadata.name === name);
  if (found === undefined) throw new Error(`no pod ${name}`);
  found.status.conditions = [
    { type: 'Ready', status: 'False', reason: 'ContainersNotReady', lastTransitionTime: '2026-11-20T11:50:00Z' },
  ];
  for (const status of found.status.containerStatuses) status.ready = false;
  for (const slice of facts.slices.endpointSlices) {
    for (const endpoint of slice.endpoints) if (endpoint.targetRef?.name === name) endpoint.conditions.ready = false;
  }
  return found;
}

/** A pod that has not come to run: its containers wait for the given reason. */
export function pending(
  facts: Facts,
  name: string,
  waiting: { reason: string; message?: string } = { reason: 'Pending' },
): Pod {
  const found = unready(facts, name);
  found.status.phase = 'Pending';
  for (const status of found.status.containerStatuses) {
    status.started = false;
    status.state = { waiting };
  }
  return found;
}

/** A Job's pod that ended three hours ago on the third node and still shows the address that another pod has by now. */
export function endedJob(facts: Facts, address: string): Pod {
  const ended = pod('report-x7k2p', 2);
  const finishedAt = '2026-11-20T09:00:00Z';
  ended.metadata.labels = { 'batch.kubernetes.io/job-name': 'report' };
  ended.metadata.ownerReferences = [{ kind: 'Job', name: 'report', uid: 'uid-report', controller: true }];
  ended.status.phase = 'Succeeded';
  ended.status.podIPs = [address];
  ended.status.conditions = [
    { type: 'Ready', status: 'False', reason: 'PodCompleted', lastTransitionTime: finishedAt },
  ];
  for (const status of ended.status.containerStatuses) {
    status.ready = false;
    status.state = { terminated: { exitCode: 0, reason: 'Completed', finishedAt } };
  }
  facts.slices.pods.unshift(ended);
  return ended;
}

/** An Event about an object of namespace `shop`, seen just now. */
export const event = (kind: string, name: string, reason: string, note: string): Event => ({
  namespace: 'shop',
  regarding: { kind, name, namespace: 'shop' },
  type: 'Warning',
  reason,
  note,
  count: 3,
  firstSeen: takenAt,
  lastSeen: takenAt,
});

export const rule = (change: {
  fromPort: number;
  toPort: number;
  referencedGroupId?: string;
  cidrIpv4?: string;
  cidrIpv6?: string;
  prefixListId?: string;
  protocol?: string;
  egress?: boolean;
}) => ({
  id: 'sgr-1',
  egress: false,
  protocol: 'tcp',
  ...change,
});

export const target = (change: Partial<Target>): Target => ({
  targetGroupArn,
  id: '10.0.0.1',
  port: 8080,
  zone: 'eu-west-1a',
  healthCheckPort: change.port ?? 8080,
  state: 'healthy',
  ...change,
});

function targetGroup(targetType: TargetType, isLocal: boolean): TargetGroup {
  return {
    arn: targetGroupArn,
    name: 'k8s-shop-web-0123456789',
    protocol: 'TCP',
    port: targetType === 'ip' ? 8080 : 31080,
    vpcId,
    targetType,
    ipAddressType: 'ipv4',
    loadBalancerArns: [loadBalancerArn],
    healthCheck: isLocal
      ? {
          protocol: 'HTTP',
          port: '32080',
          path: '/healthz',
          intervalSeconds: 10,
          timeoutSeconds: 6,
          healthyThreshold: 2,
          unhealthyThreshold: 2,
          successCodes: '200-399',
        }
      : {
          protocol: 'TCP',
          port: 'traffic-port',
          intervalSeconds: 10,
          timeoutSeconds: 10,
          healthyThreshold: 3,
          unhealthyThreshold: 3,
        },
    attributes: {},
    tags: {},
  };
}

function service(isLocal: boolean): Service {
  return {
    metadata: metadata('web', 'shop'),
    spec: {
      type: 'LoadBalancer',
      selector: { app: 'web' },
      ports: [{ protocol: 'TCP', port: 80, targetPort: 8080, nodePort: 31080 }],
      externalTrafficPolicy: isLocal ? 'Local' : 'Cluster',
      ...(isLocal && { healthCheckNodePort: 32080 }),
      loadBalancerSourceRanges: [],
      ipFamilies: ['IPv4'],
    },
    status: { loadBalancer: [] },
  };
}

const subnet = (zone: string, index: number): Subnet => ({
  id: `subnet-0aaaaaaaaaaaaaa0${index}`,
  vpcId,
  zone,
  cidr: `10.0.${index}.0/24`,
  ipv6Cidrs: [],
  availableIps: 200,
  tags: {},
});

/** The ACL that every VPC begins with: it lets everything pass. */
const networkAcl = (subnetIds: string[]): NetworkAcl => ({
  id: 'acl-0aaaaaaaaaaaaaa01',
  vpcId,
  isDefault: true,
  subnetIds,
  entries: [false, true].flatMap((egress) => [
    { egress, ruleNumber: 100, protocol: '-1', action: 'allow' as const, cidr: '0.0.0.0/0' },
    { egress, ruleNumber: 32767, protocol: '-1', action: 'deny' as const, cidr: '0.0.0.0/0' },
  ]),
});

const instance = (zone: string, index: number): Instance => ({
  id: instanceId(index),
  state: 'running',
  type: 'm7g.large',
  imageId: 'ami-0aaaaaaaaaaaaaa01',
  vpcId,
  subnetId: `subnet-0aaaaaaaaaaaaaa0${index}`,
  zone,
  privateIp: `10.0.${index}.10`,
  ipv6Addresses: [],
  privateDnsName: nodeName(index),
  tags: {},
});

const nodeInterface = (index: number): NetworkInterface => ({
  id: `eni-0aaaaaaaaaaaaaa0${index}`,
  description: '',
  interfaceType: 'interface',
  vpcId,
  subnetId: `subnet-0aaaaaaaaaaaaaa0${index}`,
  zone: zones[index] ?? '',
  status: 'in-use',
  securityGroups: ['sg-0000000000000000a'],
  privateIps: [`10.0.${index}.10`, `10.0.${index}.100`],
  ipv6Addresses: [],
  instanceId: instanceId(index),
  deviceIndex: 0,
});

const loadBalancerInterface = (index: number): NetworkInterface => ({
  id: `eni-0bbbbbbbbbbbbbb0${index}`,
  description: 'ELB net/k8s-shop-web/0123456789abcdef',
  interfaceType: 'network_load_balancer',
  vpcId,
  subnetId: `subnet-0aaaaaaaaaaaaaa0${index}`,
  zone: zones[index] ?? '',
  status: 'in-use',
  securityGroups: ['sg-0000000000000000b'],
  privateIps: [`10.0.${index}.5`],
  ipv6Addresses: [],
});

const node = (zone: string, index: number): Node => ({
  metadata: { ...metadata(nodeName(index)), labels: { 'topology.kubernetes.io/zone': zone } },
  spec: { providerID: `aws:///${zone}/${instanceId(index)}`, taints: [] },
  status: {
    addresses: [{ type: 'InternalIP', address: `10.0.${index}.10` }],
    conditions: [{ type: 'Ready', status: 'True' }],
    kubeletVersion: 'v1.33.4-eks-99d6cc0',
  },
});

const pod = (name: string, index: number): Pod => ({
  metadata: {
    ...metadata(name, 'shop'),
    labels: { app: 'web' },
    ownerReferences: [{ kind: 'ReplicaSet', name: 'web-5d4f7', uid: 'uid-web-5d4f7', controller: true }],
  },
  spec: {
    nodeName: nodeName(index),
    containers: [
      {
        name: 'app',
        image: 'web:1',
        command: [],
        args: [],
        env: [],
        ports: [{ containerPort: 8080 }],
        readinessProbe: { httpGet: { path: '/ready', port: 8080 } },
        memoryLimit: '128Mi',
      },
    ],
    initContainers: [],
    readinessGates: [],
  },
  status: {
    phase: 'Running',
    podIPs: [`10.0.${index}.100`],
    conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-11-19T00:00:00Z' }],
    containerStatuses: [
      { name: 'app', ready: true, started: true, restartCount: 0, state: { running: {} }, lastState: {} },
    ],
    initContainerStatuses: [],
  },
});

const endpointSlice = (pods: Pod[]): EndpointSlice => ({
  metadata: { ...metadata('web-abcde', 'shop'), labels: { 'kubernetes.io/service-name': 'web' } },
  addressType: 'IPv4',
  ports: [{ port: 8080, protocol: 'TCP' }],
  endpoints: pods.map(({ metadata: { name }, spec, status }) => ({
    addresses: status.podIPs,
    conditions: { ready: true, serving: true, terminating: false },
    ...(spec.nodeName !== undefined && { nodeName: spec.nodeName }),
    targetRef: { kind: 'Pod', name, namespace: 'shop' },
  })),
});

export const deployment = (replicas: number, labels: Record<string, string> = { app: 'web' }): Workload => ({
  kind: 'Deployment',
  metadata: metadata('web', 'shop'),
  spec: { replicas, template: { labels, containers: [] } },
  status: { replicas, readyReplicas: replicas, updatedReplicas: replicas, availableReplicas: replicas, conditions: [] },
});

/** The forwards of a blue/green deployment in which the target groups of this listener wait and another one serves. */
export const waiting = ({ forwards }: Pick<Listener, 'forwards'>): Listener['forwards'] => [
  ...forwards.map((forward) => ({ ...forward, weight: 0 })),
  { targetGroupArn: `${targetGroupArn}-serving`, weight: 100 },
];
