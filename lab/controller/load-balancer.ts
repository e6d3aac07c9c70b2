import type { LoadBalancer, NetworkInterface, SecurityGroup, Subnet } from '../../core/model/aws.ts';
import type { ServicePort } from '../../core/model/kubernetes.ts';
import { privateSubnets } from '../world/account.ts';
import { allowAllEgress, ingress } from '../world/cluster.ts';
import { hash, resourceId } from '../world/identifier.ts';
import type { Service } from '../world/kubernetes-object.ts';
import { ageInSeconds, before } from '../world/moment.ts';
import { nextAddress } from '../world/network/address.ts';
import { isPublic } from '../world/network/public-subnet.ts';
import type { World, WorldCluster } from '../world/world.ts';
import { isWithoutGroups, managesBackendRules, ownSecurityGroups } from './backend-rules.ts';
import { controllerOf } from './controller-of.ts';
import { tagsOf } from './tags.ts';

const prefix = 'service.beta.kubernetes.io/aws-load-balancer-';

/** Makes the Service's load balancer with one interface per zone, unless it exists; returns it, with the security groups that it should have. */
export function ensureLoadBalancer(world: World, cluster: WorldCluster, service: Service): LoadBalancer {
  const name = nameOf(cluster, service);
  const existing = world.loadBalancers.find((loadBalancer) => loadBalancer.name === name);
  if (existing) {
    keepGroups(world, cluster, { service, loadBalancer: existing });
    Object.assign(existing, enforcementOf(service));
    return existing;
  }

  const id = hash(`load balancer ${name}`, 16);
  const securityGroups = controllerOf(service) === 'ccm' ? [] : groupsFor(world, cluster, service);
  const subnets = subnetsOf(world, service);
  const loadBalancer: LoadBalancer = {
    arn: `arn:aws:elasticloadbalancing:${world.region}:${world.account}:loadbalancer/net/${name}/${id}`,
    name,
    dnsName: `${name}-${id}.elb.${world.region}.amazonaws.com`,
    type: 'network',
    scheme: isInternal(service) ? 'internal' : 'internet-facing',
    vpcId: cluster.cluster.vpcId,
    state: 'active',
    zones: subnets.map(({ id: subnetId, zone }) => ({ name: zone, subnetId })),
    securityGroups,
    ...enforcementOf(service),
    ipAddressType: 'ipv4',
    createdAt: before(world.now, ageInSeconds(world.now, service.metadata.creationTimestamp) - 5),
    attributes: {
      'access_logs.s3.bucket': '',
      'access_logs.s3.enabled': 'false',
      'access_logs.s3.prefix': '',
      'deletion_protection.enabled': 'false',
      'dns_record.client_routing_policy': 'any_availability_zone',
      'load_balancing.cross_zone.enabled': 'false',
      'zonal_shift.config.enabled': 'false',
    },
    tags: tagsOf(cluster, service, 'LoadBalancer'),
  };
  world.loadBalancers.push(loadBalancer);
  for (const subnet of subnets) {
    const networkInterface: NetworkInterface = {
      id: resourceId('eni', `${name} ${subnet.zone}`),
      description: `ELB net/${name}/${id}`,
      interfaceType: 'network_load_balancer',
      vpcId: loadBalancer.vpcId,
      subnetId: subnet.id,
      zone: subnet.zone,
      status: 'in-use',
      securityGroups: [...securityGroups],
      privateIps: [nextAddress(world, subnet)],
      ipv6Addresses: [],
    };
    world.networkInterfaces.push(networkInterface);
  }
  return loadBalancer;
}

/** Whether inbound rules count for PrivateLink, where the annotation says it; cloud-provider-aws does not know it. */
function enforcementOf(service: Service): Pick<LoadBalancer, 'privateLinkEnforcement'> {
  const value = service.metadata.annotations[`${prefix}inbound-sg-rules-on-private-link-traffic`];
  return value === undefined || controllerOf(service) === 'ccm' ? {} : { privateLinkEnforcement: value };
}

/** Gives a load balancer the shared group beside its own where the Service asks for the rules behind it now. */
function keepGroups(
  world: World,
  cluster: WorldCluster,
  { service, loadBalancer }: { service: Service; loadBalancer: LoadBalancer },
): void {
  const own = ownSecurityGroups(world, service);
  if (controllerOf(service) === 'ccm' || own === undefined || !managesBackendRules(service)) return;
  loadBalancer.securityGroups = [...own, backendGroup(world, cluster).id];
  for (const each of world.networkInterfaces) {
    if (each.description === `ELB ${loadBalancer.arn.split(':loadbalancer/')[1]}`)
      each.securityGroups = [...loadBalancer.securityGroups];
  }
}

/**
 * The subnets that the annotation names, one for each zone; all that are tagged for load balancers by default, of which
 * cloud-provider-aws leaves out the private ones when clients are to come from the internet (aws.go, findELBSubnets).
 */
export function subnetsOf(world: World, service: Service): Subnet[] {
  const named = service.metadata.annotations[`${prefix}subnets`]?.split(',');
  if (named !== undefined) return world.subnets.filter(({ id }) => named.includes(id));
  return isInternal(service) ? privateSubnets(world) : privateSubnets(world).filter(({ id }) => isPublic(world, id));
}

/** cloud-provider-aws takes clients from the internet unless an annotation says otherwise (aws.go, EnsureLoadBalancer). */
function isInternal(service: Service): boolean {
  const { [`${prefix}internal`]: internal = '' } = service.metadata.annotations;
  return controllerOf(service) !== 'ccm' || (internal !== '' && internal !== 'false');
}

/** LBC's own groups, or those of the Service, with the shared one beside them where LBC writes the rules for it. */
function groupsFor(world: World, cluster: WorldCluster, service: Service): string[] {
  if (isWithoutGroups(service)) return [];
  const front = ownSecurityGroups(world, service) ?? [frontendGroup(world, cluster, service).id];
  return managesBackendRules(service) ? [...front, backendGroup(world, cluster).id] : front;
}

/** LBC: `k8s-<namespace>-<service>-<hash>`; cloud-provider-aws: `a` and the Service's UID, 32 characters. */
function nameOf(cluster: WorldCluster, service: Service): string {
  const { namespace, name, uid } = service.metadata;
  if (controllerOf(service) === 'ccm') return `a${uid.replaceAll('-', '')}`.slice(0, 32);
  return shortName(namespace, name, `${cluster.cluster.name} ${uid}`);
}

/** `k8s-<namespace:8>-<service:8>-<hash:10>`, letters and digits only in between. */
export const shortName = (namespace: string, name: string, seed: string): string =>
  `k8s-${strip(namespace)}-${strip(name)}-${hash(seed, 10)}`;

const strip = (text: string): string => text.replace(/[^a-z0-9]/gi, '').slice(0, 8);

/** The security group that lets clients in; one for each load balancer (LBC 2.6 and later). */
function frontendGroup(world: World, cluster: WorldCluster, service: Service): SecurityGroup {
  const { namespace, name, uid } = service.metadata;
  return ensureGroup(world, {
    name: shortName(namespace, name, `frontend ${cluster.cluster.name} ${uid}`),
    tags: tagsOf(cluster, service, 'ManagedLBSecurityGroup'),
    clientPorts: service.spec.ports,
    ranges: service.spec.loadBalancerSourceRanges,
  });
}

/** The security group that all load balancers of a cluster share, and that the nodes' rule names (LBC 2.6 and later). */
export const backendGroup = (world: World, { cluster }: WorldCluster): SecurityGroup =>
  ensureGroup(world, {
    name: `k8s-traffic-${strip(cluster.name)}-${hash(`backend ${cluster.name}`, 10)}`,
    tags: { 'elbv2.k8s.aws/cluster': cluster.name, 'elbv2.k8s.aws/resource': 'backend-sg' },
    clientPorts: [],
  });

interface GroupOptions {
  name: string;
  tags: Record<string, string>;
  clientPorts: Pick<ServicePort, 'port' | 'protocol'>[];
  /** Client ranges; everybody where there are none. */
  ranges?: string[] | undefined;
}

function ensureGroup(world: World, { name, tags, clientPorts, ranges = [] }: GroupOptions): SecurityGroup {
  const existing = world.securityGroups.find((group) => group.name === name);
  if (existing) return existing;
  const group: SecurityGroup = {
    id: resourceId('sg', name),
    name,
    vpcId: world.vpcs[0]?.id ?? '',
    tags,
    rules: [
      allowAllEgress(name),
      ...clientPorts.flatMap(({ port, protocol }) =>
        (ranges.length > 0 ? ranges : ['0.0.0.0/0']).map((cidrIpv4, index) =>
          ingress(index === 0 ? `${name} ${port}` : `${name} ${port} ${cidrIpv4}`, {
            protocol: protocol.toLowerCase(),
            fromPort: port,
            toPort: port,
            cidrIpv4,
          }),
        ),
      ),
    ],
  };
  world.securityGroups.push(group);
  return group;
}
