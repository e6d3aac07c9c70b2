import { mostTrusted, ownersByKubernetes, ownersByTags } from '../../core/controllers/ownership.ts';
import type { HealthCheck, Target } from '../../core/model/aws.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { Event, Service, ServicePort, TargetGroupBinding, Workload } from '../../core/model/kubernetes.ts';
import { cluster, controllerWith } from '../checks/controller-case.ts';
import { instanceId, metadata, sampleFacts, takenAt } from '../core/sample-facts.ts';
import type { RecordedAws, RecordedBinding, RecordedEvent, RecordedHealthCheck, RecordedPort } from './record.ts';

/** What the product reads of a record: the Service as it is now, and what AWS and the events say. */
export interface Scene {
  cluster: string;
  /** Of the AWS Load Balancer Controller that runs there. */
  release: string;
  namespace: string;
  name: string;
  annotations: Record<string, string>;
  spec: {
    type?: string | undefined;
    loadBalancerClass?: string | undefined;
    externalTrafficPolicy?: 'Cluster' | 'Local' | undefined;
    healthCheckNodePort?: number | null | undefined;
    loadBalancerSourceRanges?: string[] | undefined;
    allocateLoadBalancerNodePorts?: boolean | undefined;
    ipFamilies?: ('IPv4' | 'IPv6')[] | undefined;
    ports: RecordedPort[];
  };
  aws: RecordedAws;
  events: RecordedEvent[];
  bindings: RecordedBinding[];
}

/** The Facts of a scene whose targets are healthy. The instances and addresses of the record are those of the sample's nodes and pods. */
export function factsOf(scene: Scene): Facts {
  const isIp = scene.aws.targetGroups.some(({ targetType }) => targetType === 'ip');
  const facts = sampleFacts({ targetType: isIp ? 'ip' : 'instance' });
  const { slices } = facts;
  const inCluster = { ...cluster(false), name: scene.cluster, vpcId: facts.vpcId };
  const service = serviceOf(scene);
  slices.services = [service];
  slices.workloads = [...slices.workloads, recordedController(scene)];
  slices.targetGroups = scene.aws.targetGroups.map((group) => ({
    arn: arnOf(group.name),
    name: group.name,
    protocol: group.protocol,
    port: group.port,
    vpcId: facts.vpcId,
    targetType: group.targetType,
    ipAddressType: group.ipAddressType,
    loadBalancerArns: slices.loadBalancers.map(({ arn }) => arn),
    healthCheck: healthCheckOf(group.healthCheck),
    attributes: group.attributes,
    tags: group.tags,
  }));
  placePods(facts, scene);
  slices.targetHealth = scene.aws.targetGroups.flatMap((group) => targetsOf(group, scene.aws));
  slices.listeners = slices.targetGroups.map((group, index) => ({
    arn: `${arnOf(group.name)}/listener`,
    loadBalancerArn: group.loadBalancerArns[0] ?? '',
    protocol: scene.spec.ports[index]?.protocol ?? 'TCP',
    port: scene.spec.ports[index]?.port ?? 80,
    forwards: [{ targetGroupArn: group.arn }],
  }));
  slices.targetGroupBindings = scene.bindings.map((each) => bindingOf(each, scene.namespace));
  slices.events = scene.events.map((each, index) => eventOf(each, scene, index - scene.events.length));
  const { loadBalancers, targetGroups } = slices;
  facts.cluster = inCluster;
  facts.owners = mostTrusted([
    ...ownersByTags(targetGroups, loadBalancers),
    ...ownersByKubernetes({ cluster: inCluster, ...slices }),
  ]);
  return facts;
}

const arnOf = (name: string) => `arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/${name}/1`;

/** Elastic Load Balancing keeps no path and no codes for a TCP check; the stand-in of the records did. */
export function healthCheckOf(recorded: RecordedHealthCheck): HealthCheck {
  const isTcp = recorded.HealthCheckProtocol === 'TCP';
  return {
    protocol: recorded.HealthCheckProtocol,
    port: recorded.HealthCheckPort,
    intervalSeconds: recorded.HealthCheckIntervalSeconds,
    timeoutSeconds: recorded.HealthCheckTimeoutSeconds,
    healthyThreshold: recorded.HealthyThresholdCount,
    unhealthyThreshold: recorded.UnhealthyThresholdCount,
    ...(!isTcp && recorded.HealthCheckPath !== null && { path: recorded.HealthCheckPath }),
    ...(!isTcp && recorded.Matcher !== null && { successCodes: recorded.Matcher }),
  };
}

function serviceOf({ namespace, name, annotations, spec }: Scene): Service {
  const {
    type = 'LoadBalancer',
    externalTrafficPolicy = 'Cluster',
    healthCheckNodePort,
    loadBalancerSourceRanges = [],
  } = spec;
  return {
    metadata: { ...metadata(name, namespace), annotations },
    spec: {
      type,
      selector: { app: 'web' },
      ports: spec.ports.map(portOf),
      externalTrafficPolicy,
      loadBalancerSourceRanges,
      ipFamilies: spec.ipFamilies ?? ['IPv4'],
      ...(spec.loadBalancerClass !== undefined && { loadBalancerClass: spec.loadBalancerClass }),
      ...(healthCheckNodePort != null && { healthCheckNodePort }),
      ...(spec.allocateLoadBalancerNodePorts !== undefined && {
        allocateLoadBalancerNodePorts: spec.allocateLoadBalancerNodePorts,
      }),
    },
    status: { loadBalancer: [] },
  };
}

/** The controller that made the records. */
function recordedController({ cluster: name, release }: Scene): Workload {
  const plain = controllerWith(`--cluster-name=${name}`);
  for (const each of plain.spec.template.containers) each.image = `aws-load-balancer-controller:v${release}`;
  return plain;
}

type RecordedGroup = RecordedAws['targetGroups'][number];

/** Every id that is registered with some group of the record stands for one node or pod. */
const idsOf = ({ targetGroups }: RecordedAws): string[] =>
  [...new Set(targetGroups.flatMap(({ targets }) => targets.map(({ id }) => id)))].toSorted();

const targetsOf = (group: RecordedGroup, aws: RecordedAws): Target[] =>
  group.targets.map(({ id, port }) => ({
    targetGroupArn: arnOf(group.name),
    id: group.targetType === 'ip' ? id : instanceId(idsOf(aws).indexOf(id)),
    port,
    zone: 'eu-west-1a',
    healthCheckPort:
      group.healthCheck.HealthCheckPort === 'traffic-port' ? port : Number(group.healthCheck.HealthCheckPort),
    state: 'healthy',
  }));

/** The pods of the sample get the recorded addresses; one that the record does not have goes. */
function placePods({ slices }: Facts, { namespace, name, aws, spec }: Scene): void {
  const isIp = aws.targetGroups.some(({ targetType }) => targetType === 'ip');
  const addresses = isIp ? idsOf(aws) : slices.pods.flatMap(({ status }) => status.podIPs);
  slices.pods = slices.pods.slice(0, addresses.length);
  for (const [index, { metadata: own, status }] of slices.pods.entries()) {
    own.namespace = namespace;
    status.podIPs = addresses.slice(index, index + 1);
  }
  const inUse = slices.networkInterfaces.filter(({ instanceId: id }) => id !== undefined);
  for (const [index, each] of inUse.entries())
    each.privateIps = [...each.privateIps, ...addresses.slice(index, index + 1)];
  for (const slice of slices.endpointSlices) {
    slice.metadata.namespace = namespace;
    slice.metadata.labels = { 'kubernetes.io/service-name': name };
    slice.ports = spec.ports.map((port) => ({
      ...(port.name !== undefined && { name: port.name }),
      port: typeof port.targetPort === 'number' ? port.targetPort : 8080,
      protocol: port.protocol,
    }));
    slice.endpoints = slice.endpoints.slice(0, addresses.length);
    for (const [index, endpoint] of slice.endpoints.entries()) endpoint.addresses = addresses.slice(index, index + 1);
  }
}

const portOf = ({ name, nodePort, ...port }: RecordedPort): ServicePort => ({
  ...port,
  ...(name !== undefined && { name }),
  ...(nodePort !== undefined && { nodePort }),
});

const bindingOf = ({ name, labels, spec }: RecordedBinding, namespace: string): TargetGroupBinding => ({
  metadata: { ...metadata(name, namespace), labels: labels ?? {} },
  spec: {
    targetGroupARN: arnOf(spec.targetGroupARN?.split('/')[1] ?? name),
    ...(spec.targetType !== undefined && { targetType: spec.targetType }),
    serviceRef: spec.serviceRef,
    ...(spec.networking && {
      networking: {
        ingress: spec.networking.ingress.map(({ from, ports }) => ({
          from: from.map(({ securityGroup, ipBlock }) =>
            ipBlock === undefined ? { groupId: securityGroup ? 'sg-0000000000000000b' : '' } : { cidr: ipBlock.cidr },
          ),
          ports,
        })),
      },
    }),
    ...(spec.nodeSelector && { nodeSelector: { ...spec.nodeSelector, matchExpressions: [] } }),
  },
});

/** The order of the events is recorded, their times are not. */
function eventOf(recorded: RecordedEvent, { namespace }: Scene, minutes: number): Event {
  const { kind, name, type, reason, message, count } = recorded;
  const seen = new Date(Date.parse(takenAt) + minutes * 60_000).toISOString();
  return {
    namespace,
    regarding: { kind, name, namespace },
    type,
    reason,
    note: message,
    count,
    firstSeen: seen,
    lastSeen: seen,
  };
}
