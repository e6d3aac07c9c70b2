import type { LoadBalancer, NetworkInterface, Subnet } from '../../core/model/aws.ts';
import { privateSubnets } from '../world/account.ts';
import { hash, resourceId } from '../world/identifier.ts';
import type { Service } from '../world/kubernetes-object.ts';
import { ageInSeconds, before } from '../world/moment.ts';
import { ipv6TwinOf, nextAddress } from '../world/network/address.ts';
import { isPublic } from '../world/network/public-subnet.ts';
import type { World, WorldCluster } from '../world/world.ts';
import { balancerAddressType, isDualStack } from './annotations/address-family.ts';
import { isWithoutGroups, managesBackendRules, ownSecurityGroups } from './backend-rules.ts';
import { backendGroup, frontendGroup, shortName } from './balancer-groups.ts';
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
    ipAddressType: balancerAddressType(service),
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
    const address = nextAddress(world, subnet);
    const networkInterface: NetworkInterface = {
      id: resourceId('eni', `${name} ${subnet.zone}`),
      description: `ELB net/${name}/${id}`,
      interfaceType: 'network_load_balancer',
      vpcId: loadBalancer.vpcId,
      subnetId: subnet.id,
      zone: subnet.zone,
      status: 'in-use',
      securityGroups: [...securityGroups],
      privateIps: [address],
      ipv6Addresses: isDualStack(service) ? [ipv6TwinOf(address)] : [],
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

/**
 * Lets clients in at the ports that the Service has by now, and gives a load balancer the shared group beside its own where the
 * Service asks for the rules behind it now.
 */
function keepGroups(
  world: World,
  cluster: WorldCluster,
  { service, loadBalancer }: { service: Service; loadBalancer: LoadBalancer },
): void {
  if (controllerOf(service) === 'ccm') return;
  const own = ownSecurityGroups(world, service);
  if (own === undefined && loadBalancer.securityGroups.length > 0)
    frontendGroup(world, cluster, { service, loadBalancer });
  if (own === undefined || !managesBackendRules(service)) return;
  loadBalancer.securityGroups = [...own, backendGroup(world, cluster).id];
  for (const each of world.networkInterfaces) {
    if (each.description === `ELB ${loadBalancer.arn.split(':loadbalancer/')[1]}`)
      each.securityGroups = [...loadBalancer.securityGroups];
  }
}

/**
 * The subnets that the annotation names, one for each zone; all that are tagged for load balancers by default, without the
 * private ones when clients are to come from the internet (cloud-provider-aws aws.go, findELBSubnets; LBC
 * pkg/networking/subnet_resolver.go).
 */
export function subnetsOf(world: World, service: Service): Subnet[] {
  const named = service.metadata.annotations[`${prefix}subnets`]?.split(',').map((each) => each.trim());
  if (named !== undefined)
    return world.subnets.filter(({ id, tags }) => named.includes(id) || named.includes(tags['Name'] ?? ''));
  return isInternal(service) ? privateSubnets(world) : privateSubnets(world).filter(({ id }) => isPublic(world, id));
}

/**
 * cloud-provider-aws takes clients from the internet unless an annotation says otherwise (aws.go, EnsureLoadBalancer); LBC only
 * where one says so (pkg/service/model_build_load_balancer.go, buildLoadBalancerScheme).
 */
function isInternal(service: Service): boolean {
  const { [`${prefix}internal`]: internal = '', [`${prefix}scheme`]: scheme } = service.metadata.annotations;
  if (controllerOf(service) === 'ccm') return internal !== '' && internal !== 'false';
  return scheme === undefined ? internal !== 'false' : scheme !== 'internet-facing';
}

/** LBC's own groups, or those of the Service, with the shared one beside them where LBC writes the rules for it. */
function groupsFor(world: World, cluster: WorldCluster, service: Service): string[] {
  if (isWithoutGroups(service)) return [];
  const front = ownSecurityGroups(world, service) ?? [frontendGroup(world, cluster, { service }).id];
  return managesBackendRules(service) ? [...front, backendGroup(world, cluster).id] : front;
}

/** LBC: `k8s-<namespace>-<service>-<hash>`; cloud-provider-aws: `a` and the Service's UID, 32 characters. */
function nameOf(cluster: WorldCluster, service: Service): string {
  const { namespace, name, uid } = service.metadata;
  if (controllerOf(service) === 'ccm') return `a${uid.replaceAll('-', '')}`.slice(0, 32);
  return shortName(namespace, name, `${cluster.cluster.name} ${uid}`);
}
