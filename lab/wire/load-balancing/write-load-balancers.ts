import type { Listener, LoadBalancer, Subnet } from '../../../core/model/aws.ts';
import { hash, resourceId } from '../../world/identifier.ts';
import { nextAddress } from '../../world/network/address.ts';
import type { World } from '../../world/world.ts';
import { listOf, type Parameters, pairsOf, structuresOf } from '../aws/parameters.ts';
import type { Action } from '../aws/service.ts';
import { ServiceError } from '../aws/service-error.ts';
import { findLoadBalancer, keyValues, showListener } from './load-balancers.ts';
import { taggedThing } from './tags.ts';
import { findTargetGroup } from './target-groups.ts';

/** SetSubnets: a new zone gets a node of the load balancer, one that is no longer named loses it. */
export const setSubnets: Action = (parameters, world) => {
  const balancer = findLoadBalancer(parameters['LoadBalancerArn'], world);
  const named = [
    ...listOf(parameters, 'Subnets'),
    ...structuresOf(parameters, 'SubnetMappings').map(({ SubnetId = '' }) => SubnetId),
  ];
  const subnets = named.map((id) => findSubnet(id, world));
  if (new Set(subnets.map(({ zone }) => zone)).size < subnets.length) {
    throw new ServiceError(
      'InvalidConfigurationRequest',
      'A load balancer cannot be attached to multiple subnets in the same Availability Zone',
    );
  }
  const kept = new Set(named);
  world.networkInterfaces = world.networkInterfaces.filter(
    (each) => each.description !== nodeOf(balancer) || kept.has(each.subnetId),
  );
  const present = new Set(
    world.networkInterfaces
      .filter(({ description }) => description === nodeOf(balancer))
      .map(({ subnetId }) => subnetId),
  );
  for (const subnet of subnets.filter(({ id }) => !present.has(id))) addNode(world, balancer, subnet);
  balancer.zones = subnets.map(({ id: subnetId, zone }) => ({ name: zone, subnetId }));
  if (balancer.state === 'active_impaired') {
    balancer.state = 'active';
    delete balancer.stateReason;
  }
  return {
    AvailabilityZones: balancer.zones.map(({ name, subnetId }) => ({ ZoneName: name, SubnetId: subnetId })),
    IpAddressType: balancer.ipAddressType,
  };
};

const nodeOf = ({ arn }: LoadBalancer): string => `ELB ${arn.split(':loadbalancer/')[1]}`;

function findSubnet(id: string, { subnets }: World): Subnet {
  const found = subnets.find((subnet) => subnet.id === id);
  if (found !== undefined) return found;
  throw new ServiceError('SubnetNotFound', `The subnet ID '${id}' does not exist`);
}

function addNode(world: World, balancer: LoadBalancer, subnet: Subnet): void {
  world.networkInterfaces.push({
    id: resourceId('eni', `${balancer.name} ${subnet.id} ${world.now}`),
    description: nodeOf(balancer),
    interfaceType: 'network_load_balancer',
    vpcId: subnet.vpcId,
    subnetId: subnet.id,
    zone: subnet.zone,
    status: 'in-use',
    securityGroups: [...balancer.securityGroups],
    privateIps: [nextAddress(world, subnet)],
    ipv6Addresses: [],
  });
}

/** SetSecurityGroups: those of the load balancer and of its nodes, and whether their inbound rules count for PrivateLink. */
export const setSecurityGroups: Action = (parameters, world) => {
  const balancer = findLoadBalancer(parameters['LoadBalancerArn'], world);
  balancer.securityGroups = listOf(parameters, 'SecurityGroups');
  const enforced = parameters['EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic'];
  if (enforced !== undefined) balancer.privateLinkEnforcement = enforced;
  for (const each of world.networkInterfaces) {
    if (each.description === nodeOf(balancer)) each.securityGroups = [...balancer.securityGroups];
  }
  return { SecurityGroupIds: balancer.securityGroups };
};

/** ModifyLoadBalancerAttributes. */
export const modifyLoadBalancerAttributes: Action = (parameters, world) => {
  const balancer = findLoadBalancer(parameters['LoadBalancerArn'], world);
  Object.assign(balancer.attributes, pairsOf(parameters, 'Attributes'));
  return { Attributes: keyValues(balancer.attributes) };
};

/** CreateListener: it forwards to target groups that become attached by it. */
export const createListener: Action = (parameters, world) => {
  const balancer = findLoadBalancer(parameters['LoadBalancerArn'], world);
  const port = Number(parameters['Port']);
  const { Protocol: protocol = 'TCP' } = parameters;
  if (world.listeners.some((each) => each.loadBalancerArn === balancer.arn && each.port === port)) {
    throw new ServiceError(
      'DuplicateListener',
      `A listener already exists on this port for this load balancer '${balancer.arn}'`,
    );
  }
  const arn = `${balancer.arn.replace(':loadbalancer/', ':listener/')}/${hash(`listener ${balancer.arn} ${port}`, 16)}`;
  const listener: Listener = { arn, loadBalancerArn: balancer.arn, protocol, port, forwards: [] };
  forward(listener, parameters, world);
  world.listeners.push(listener);
  return { Listeners: [showListener(listener)] };
};

/** ModifyListener: the ALPN policy, and where it forwards to. */
export const modifyListener: Action = (parameters, world) => {
  const listener = world.listeners.find(({ arn }) => arn === parameters['ListenerArn']);
  if (listener === undefined) {
    throw new ServiceError('ListenerNotFound', `Listeners '[${parameters['ListenerArn']}]' not found`);
  }
  const [alpnPolicy] = listOf(parameters, 'AlpnPolicy');
  if (alpnPolicy !== undefined) listener.alpnPolicy = alpnPolicy;
  forward(listener, parameters, world);
  return { Listeners: [showListener(listener)] };
};

/** DeleteListener: target groups to which no other listener forwards are free for another load balancer. */
export const deleteListener: Action = (parameters, world) => {
  const listener = world.listeners.find(({ arn }) => arn === parameters['ListenerArn']);
  if (listener === undefined)
    throw new ServiceError('ListenerNotFound', `Listeners '[${parameters['ListenerArn']}]' not found`);
  world.listeners = world.listeners.filter((each) => each !== listener);
  for (const { targetGroupArn } of listener.forwards) detach(targetGroupArn, listener.loadBalancerArn, world);
  return {};
};

/** Takes a target group from a load balancer of which no listener forwards to it any more. */
function detach(targetGroupArn: string, loadBalancerArn: string, world: World): void {
  const isUsed = world.listeners.some(
    (each) =>
      each.loadBalancerArn === loadBalancerArn && each.forwards.some((to) => to.targetGroupArn === targetGroupArn),
  );
  const group = world.targetGroups.find(({ arn }) => arn === targetGroupArn);
  if (group !== undefined && !isUsed)
    group.loadBalancerArns = group.loadBalancerArns.filter((each) => each !== loadBalancerArn);
}

function forward(listener: Listener, parameters: Parameters, world: World): void {
  const [action] = structuresOf(parameters, 'DefaultActions');
  if (action === undefined) return;
  const named = structuresOf(action, 'ForwardConfig.TargetGroups').map(({ TargetGroupArn = '', Weight }) => ({
    targetGroupArn: TargetGroupArn,
    ...(Weight !== undefined && { weight: Number(Weight) }),
  }));
  const { loadBalancerArn, forwards: former } = listener;
  const wanted = named.length > 0 ? named : [{ targetGroupArn: action['TargetGroupArn'] ?? '' }];
  const groups = wanted.map(({ targetGroupArn }) => findTargetGroup(targetGroupArn, world));
  const taken = groups.filter(({ loadBalancerArns }) => loadBalancerArns.some((each) => each !== loadBalancerArn));
  if (taken.length > 0) {
    const arns = taken.map(({ arn }) => arn).join(', ');
    throw new ServiceError(
      'TargetGroupAssociationLimit',
      `The following target groups cannot be associated with more than one load balancer: ${arns}`,
    );
  }
  listener.forwards = wanted;
  for (const group of groups) group.loadBalancerArns = [loadBalancerArn];
  for (const { targetGroupArn } of former) detach(targetGroupArn, loadBalancerArn, world);
}

/** AddTags. */
export const addTags: Action = (parameters, world) => {
  for (const arn of listOf(parameters, 'ResourceArns'))
    Object.assign(taggedThing(arn, world).tags, pairsOf(parameters, 'Tags'));
  return {};
};

/** RemoveTags. */
export const removeTags: Action = (parameters, world) => {
  for (const arn of listOf(parameters, 'ResourceArns')) {
    for (const key of listOf(parameters, 'TagKeys')) delete taggedThing(arn, world).tags[key];
  }
  return {};
};
