import { settle } from '../../lab/settle.ts';
import { buildAccount, privateSubnets } from '../../lab/world/account.ts';
import { addCluster, nodeSecurityGroup } from '../../lab/world/cluster.ts';
import type { BindingNetworking, Service, TargetGroupBinding } from '../../lab/world/kubernetes-object.ts';
import { ensureNamespace } from '../../lab/world/namespace.ts';
import { addIpv6, enableIpv6 } from '../../lab/world/network/dual-stack.ts';
import { metadata, objectsOf, put } from '../../lab/world/object.ts';
import { addWorkload } from '../../lab/world/pod/workload.ts';
import type { World, WorldCluster } from '../../lab/world/world.ts';
import type { Scene } from './facts-of-record.ts';

/** What the lab is given: the Service of a record, and how many pods stand behind it. */
export type LabScene = Omit<Scene, 'aws' | 'events' | 'bindings'> & {
  pods: number;
  /** The network and the pods have IPv6 beside IPv4. */
  hasIpv6?: boolean;
  /** The pods are servers of QUIC with an id. */
  hasServerIds?: boolean;
};

/** The nodes of the records have a label each, and the subnets a name. */
const pools = ['a', 'b', 'c'];
const ownGroup = 'sg-0000000000000000f';

/** Ids of the account in which was recorded stand for those of the lab. */
const translated = (world: World, value: string): string =>
  value.replace(/sg-[0-9a-f]{17}/, ownGroup).replace(/subnet-[0-9a-f]{17}/, privateSubnets(world)[0]?.id ?? '');

/** A cluster with three nodes, a workload, and nothing that a controller made. */
export function labWorld({ cluster: clusterName, namespace, spec, pods, hasIpv6, hasServerIds }: LabScene): World {
  const world = buildAccount();
  const cluster = addCluster(world, { name: clusterName });
  for (const [index, { metadata: own }] of objectsOf(cluster, 'Node').entries())
    own.labels['pool'] = pools[index] ?? '';
  for (const [index, subnet] of privateSubnets(world).entries()) subnet.tags['Name'] = `lb-${pools[index]}`;
  // cloud-provider-aws made load balancers for clients of the internet in the account of the records.
  for (const route of world.routeTables.flatMap(({ routes }) => routes))
    if (route.destination === '0.0.0.0/0') route.target = 'igw-0c1d2e3f405162738';
  world.securityGroups.push({ id: ownGroup, name: 'own-nlb-sg', vpcId: world.vpcs[0]?.id ?? '', tags: {}, rules: [] });
  const [port] = spec.ports;
  const isNamed = typeof port?.targetPort === 'string';
  if (pods === 0) ensureNamespace(world, cluster, namespace);
  else
    addWorkload(world, cluster, {
      namespace,
      name: 'web',
      replicas: pods,
      port: isNamed ? 8080 : Number(port?.targetPort ?? 8080),
      ...(isNamed && { portName: String(port?.targetPort) }),
    });
  const own = objectsOf(cluster, 'Pod').filter(({ metadata: { namespace: its } }) => its === namespace);
  if (hasIpv6) {
    enableIpv6(world);
    addIpv6(world, own);
  }
  for (const { metadata: its, spec: containers } of hasServerIds ? own : []) {
    its.annotations['service.beta.kubernetes.io/aws-load-balancer-quic-enabled-containers'] = 'web';
    containers.containers[0].env = [{ name: 'AWS_LBC_QUIC_SERVER_ID', value: '0x0123456789abcdef' }];
  }
  return world;
}

/** Puts the Service of the record into the world, in the place of the one of that name. */
export function giveService(world: World, { namespace, name, annotations, spec }: LabScene): void {
  const cluster = clusterIn(world);
  const { healthCheckNodePort, loadBalancerClass, externalTrafficPolicy, loadBalancerSourceRanges } = spec;
  const translatedAll = Object.fromEntries(
    Object.entries(annotations).map(([key, value]) => [key, translated(world, value)]),
  );
  const { type = 'LoadBalancer', allocateLoadBalancerNodePorts, ports } = spec;
  put(cluster, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      ...metadata(world, cluster, { kind: 'Service', namespace, name, annotations: translatedAll }),
      finalizers: [],
    },
    spec: {
      type,
      ports: ports as Service['spec']['ports'],
      ...(loadBalancerSourceRanges && { loadBalancerSourceRanges }),
      ...(allocateLoadBalancerNodePorts !== undefined && { allocateLoadBalancerNodePorts }),
      clusterIP: '172.20.9.9',
      clusterIPs: ['172.20.9.9'],
      ipFamilies: spec.ipFamilies ?? ['IPv4'],
      selector: { app: 'web' },
      ...(externalTrafficPolicy !== undefined && { externalTrafficPolicy }),
      ...(loadBalancerClass !== undefined && { loadBalancerClass }),
      ...(healthCheckNodePort != null && { healthCheckNodePort }),
    },
    status: { loadBalancer: {} },
  });
}

/** The only cluster of the world. */
export function clusterIn({ clusters: [cluster] }: World): WorldCluster {
  if (cluster === undefined) throw new Error('no cluster in this world');
  return cluster;
}

/** What the lab's controllers made, in the terms of the records. */
export function madeBy(before: World) {
  const world = settle(before);
  const cluster = clusterIn(world);
  const isPod = (id: string) => !id.startsWith('i-');
  return {
    targetGroups: world.targetGroups
      .map((group) => ({
        protocol: group.protocol,
        port: group.port,
        targetType: group.targetType,
        healthCheck: group.healthCheck,
        attributes: group.attributes,
        tags: group.tags,
        targets: world.targetHealth
          .filter(({ targetGroupArn, state }) => targetGroupArn === group.arn && state !== 'draining')
          .map(({ id, port }) => `${isPod(id) ? 'pod' : 'node'}:${port}`)
          .toSorted(),
      }))
      .toSorted(byPort),
    listeners: world.listeners.map(({ protocol, port }) => `${protocol} ${port}`).toSorted(),
    groups: groupsOf(world),
    rules: nodeSecurityGroup(world, cluster)
      .rules.filter(
        ({ description }) => description?.startsWith('elbv2.k8s.aws/') || description?.startsWith('kubernetes.io/'),
      )
      .map((rule) => `${rule.protocol} ${rule.fromPort}-${rule.toPort} from ${peerOf(world, rule)}`)
      .filter(isVpcOnce)
      .toSorted(),
    bindings: objectsOf(cluster, 'TargetGroupBinding').map(asked(world)).toSorted(),
    complaints: objectsOf(cluster, 'Event')
      .filter(({ type }) => type === 'Warning')
      .map((event) => `${event.involvedObject.kind} ${event.reason}: ${event.message}`),
    world,
  };
}

/** By number, and those of one number by what they are for. */
export const byPort = (
  a: { port: number; tags: Record<string, string> },
  b: { port: number; tags: Record<string, string> },
): number => a.port - b.port || JSON.stringify(a.tags).localeCompare(JSON.stringify(b.tags));

/** Some VPCs have two ranges of addresses. */
export const isVpcOnce = (line: string, index: number, all: string[]): boolean =>
  !line.endsWith('the VPC') || all.indexOf(line) === index;

const groupsOf = (world: World): string[] =>
  world.loadBalancers
    .flatMap(({ securityGroups }) => securityGroups)
    .map((id) => kindOfGroup(world.securityGroups.find((group) => group.id === id)?.name ?? ''))
    .toSorted();

/** Groups are named by a hash; what they are for is in the name before it. */
export const kindOfGroup = (name: string): string => {
  if (/^k8s-traffic-/.test(name)) return 'shared';
  return /^k8s-/.test(name) ? 'own of the load balancer' : name;
};

function peerOf(world: World, rule: { referencedGroupId?: string; cidrIpv4?: string }): string {
  if (rule.referencedGroupId !== undefined)
    return kindOfGroup(world.securityGroups.find(({ id }) => id === rule.referencedGroupId)?.name ?? '');
  return kindOfRange(rule.cidrIpv4 ?? '', {
    vpc: world.vpcs[0]?.cidrs ?? [],
    subnets: world.subnets.map(({ cidr }) => cidr),
  });
}

/** The records' VPC has other addresses than the lab's. */
export function kindOfRange(cidr: string, { vpc, subnets }: { vpc: string[]; subnets: string[] }): string {
  if (vpc.includes(cidr)) return 'the VPC';
  return subnets.includes(cidr) ? 'a subnet of the load balancer' : cidr;
}

type Ingress = BindingNetworking['ingress'][number];

const asked =
  (world: World) =>
  ({ spec }: TargetGroupBinding): string =>
    formatAsked(spec.networking?.ingress, {
      vpc: world.vpcs[0]?.cidrs ?? [],
      subnets: world.subnets.map(({ cidr }) => cidr),
    });

/** `TCP 8080 from the shared group`; what a binding asks for. */
export const formatAsked = (ingress: Ingress[] | undefined, ranges: { vpc: string[]; subnets: string[] }): string =>
  (ingress ?? [])
    .flatMap(({ from, ports }) =>
      ports.flatMap(({ protocol, port }) =>
        from.map(
          ({ ipBlock }) =>
            `${protocol} ${port} from ${ipBlock === undefined ? 'the shared group' : kindOfRange(ipBlock.cidr, ranges)}`,
        ),
      ),
    )
    .filter(isVpcOnce)
    .toSorted()
    .join('; ');
