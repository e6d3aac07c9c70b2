import type { HealthCheck, TargetType } from '../../core/model/aws.ts';
import type { Place } from '../scenario.ts';
import { privateSubnets } from './account.ts';
import { allowAllEgress, ingress, nodeSecurityGroup } from './cluster.ts';
import { hash, resourceId } from './identifier.ts';
import type { BindingNetworking, TargetGroupBinding } from './kubernetes-object.ts';
import { before, day } from './moment.ts';
import { nextAddress } from './network/address.ts';
import { metadata, put } from './object.ts';
import type { World, WorldCluster } from './world.ts';

export interface OwnTargetGroup {
  place: Place;
  /** Port of the Service, by number or name, as the binding's `serviceRef` says it. */
  servicePort: number | string;
  targetType: TargetType;
  /** The number that targets are registered with, and the port of the listener. */
  port: number;
  listenerPort: number;
  healthCheck?: Partial<HealthCheck>;
  /** The binding is of the kind that EKS Auto Mode serves. */
  autoMode?: boolean;
  /** `spec.networking` of the binding: who may reach the targets on which ports; absent: the controller manages no rule. */
  networking?: (loadBalancerSecurityGroupId: string) => BindingNetworking;
}

/** The networking of a binding that lets its load balancer in to one port. */
export const admittingTo =
  (port: number) =>
  (groupID: string): BindingNetworking => ({
    ingress: [{ from: [{ securityGroup: { groupID } }], ports: [{ port, protocol: 'TCP' }] }],
  });

/** Adds a load balancer with security group, listener and target group that somebody made outside of Kubernetes. */
export function addUnboundTargetGroup(
  world: World,
  cluster: WorldCluster,
  own: OwnTargetGroup,
): { targetGroupArn: string; securityGroupId: string } {
  const { place, targetType, port, listenerPort } = own;
  const name = `${place.namespace}-${place.name}-nlb`;
  const id = hash(`own load balancer ${name}`, 16);
  const vpcId = cluster.cluster.vpcId;
  const tags = { 'managed-by': 'terraform' };
  const subnets = privateSubnets(world);
  const securityGroupId = resourceId('sg', name);
  const arn = (kind: string, path: string) =>
    `arn:aws:elasticloadbalancing:${world.region}:${world.account}:${kind}/${path}`;
  const loadBalancerArn = arn('loadbalancer', `net/${name}/${id}`);
  const targetGroupArn = arn('targetgroup', `${name}/${hash(`own target group ${name}`, 16)}`);

  world.securityGroups.push({
    id: securityGroupId,
    name,
    vpcId,
    tags,
    rules: [
      allowAllEgress(name),
      ingress(`${name} clients`, { fromPort: listenerPort, toPort: listenerPort, cidrIpv4: '10.0.0.0/8' }),
    ],
  });
  world.loadBalancers.push({
    arn: loadBalancerArn,
    name,
    dnsName: `${name}-${id}.elb.${world.region}.amazonaws.com`,
    type: 'network',
    scheme: 'internal',
    vpcId,
    state: 'active',
    zones: subnets.map(({ id: subnetId, zone }) => ({ name: zone, subnetId })),
    securityGroups: [securityGroupId],
    ipAddressType: 'ipv4',
    createdAt: before(world.now, 10 * day),
    attributes: { 'load_balancing.cross_zone.enabled': 'false' },
    tags,
  });
  for (const subnet of subnets) {
    world.networkInterfaces.push({
      id: resourceId('eni', `${name} ${subnet.zone}`),
      description: `ELB net/${name}/${id}`,
      interfaceType: 'network_load_balancer',
      vpcId,
      subnetId: subnet.id,
      zone: subnet.zone,
      status: 'in-use',
      securityGroups: [securityGroupId],
      privateIps: [nextAddress(world, subnet)],
      ipv6Addresses: [],
    });
  }
  world.targetGroups.push({
    arn: targetGroupArn,
    name,
    protocol: 'TCP',
    port,
    vpcId,
    targetType,
    ipAddressType: 'ipv4',
    loadBalancerArns: [loadBalancerArn],
    healthCheck: {
      protocol: 'TCP',
      port: 'traffic-port',
      intervalSeconds: 10,
      timeoutSeconds: 2,
      healthyThreshold: 3,
      unhealthyThreshold: 3,
      ...own.healthCheck,
    },
    attributes: {
      'deregistration_delay.timeout_seconds': '300',
      'preserve_client_ip.enabled': targetType === 'instance' ? 'true' : 'false',
      'proxy_protocol_v2.enabled': 'false',
    },
    tags,
  });
  world.listeners.push({
    arn: arn('listener', `net/${name}/${id}/${hash(`own listener ${name}`, 16)}`),
    loadBalancerArn,
    protocol: 'TCP',
    port: listenerPort,
    forwards: [{ targetGroupArn }],
  });
  return { targetGroupArn, securityGroupId };
}

/** Lets a load balancer of one's own reach a port of the nodes and pods. */
export function admitFrom(
  world: World,
  cluster: WorldCluster,
  { securityGroupId, port }: { securityGroupId: string; port: number },
): void {
  nodeSecurityGroup(world, cluster).rules.push(
    ingress(`terraform ${securityGroupId} ${port}`, {
      fromPort: port,
      toPort: port,
      referencedGroupId: securityGroupId,
      description: 'Terraform',
    }),
  );
}

/** Registers targets as Terraform does: days ago, and never again. */
export function registerByHand(world: World, targetGroupArn: string, targets: { id: string; port: number }[]): void {
  const registeredAt = before(world.now, 9 * day);
  world.registrations = [
    ...(world.registrations ?? []),
    ...targets.map((target) => ({ targetGroupArn, ...target, registeredAt })),
  ];
}

/**
 * The same with the TargetGroupBinding that a person wrote for it (aws-load-balancer-controller
 * docs/guide/use_cases/self_managed_lb/index.md).
 */
export function addOwnTargetGroup(world: World, cluster: WorldCluster, own: OwnTargetGroup): TargetGroupBinding {
  const { place, targetType } = own;
  const { targetGroupArn, securityGroupId } = addUnboundTargetGroup(world, cluster, own);
  return put(cluster, {
    apiVersion: own.autoMode ? 'eks.amazonaws.com/v1' : 'elbv2.k8s.aws/v1beta1',
    kind: 'TargetGroupBinding',
    metadata: {
      ...metadata(world, cluster, {
        kind: 'TargetGroupBinding',
        namespace: place.namespace,
        name: place.name,
        ageSeconds: 9 * day,
      }),
      finalizers: ['elbv2.k8s.aws/resources'],
    },
    spec: {
      ipAddressType: 'ipv4',
      ...(own.networking && { networking: own.networking(securityGroupId) }),
      serviceRef: { name: place.name, port: own.servicePort },
      targetGroupARN: targetGroupArn,
      targetGroupProtocol: 'TCP',
      targetType,
      vpcID: cluster.cluster.vpcId,
    },
    status: { observedGeneration: 1 },
  });
}
