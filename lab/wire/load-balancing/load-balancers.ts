import type { Listener, LoadBalancer } from '../../../core/model/aws.ts';
import type { World } from '../../world/world.ts';
import { listOf } from '../aws/parameters.ts';
import type { Action } from '../aws/service.ts';
import { ServiceError } from '../aws/service-error.ts';
import type { XmlValue } from '../aws/xml.ts';
import { elbPage, upTo20 } from './elb-page.ts';

/** DescribeLoadBalancers: all, or by ARN or name. */
export const describeLoadBalancers: Action = (parameters, world) => {
  const arns = upTo20(listOf(parameters, 'LoadBalancerArns'), 'LoadBalancerArns');
  const names = upTo20(listOf(parameters, 'Names'), 'Names');
  for (const arn of arns) findLoadBalancer(arn, world);
  for (const name of names) {
    if (!world.loadBalancers.some((each) => each.name === name)) throw loadBalancerNotFound(name);
  }
  const all = arns.length + names.length === 0;
  const chosen = world.loadBalancers.filter((each) => all || arns.includes(each.arn) || names.includes(each.name));
  const { items, next } = elbPage(chosen, parameters);
  return { LoadBalancers: items.map(showLoadBalancer), NextMarker: next };
};

/** DescribeLoadBalancerAttributes. */
export const describeLoadBalancerAttributes: Action = ({ LoadBalancerArn }, world) => ({
  Attributes: keyValues(findLoadBalancer(LoadBalancerArn, world).attributes),
});

/** DescribeListeners: of one load balancer, or by ARN. */
export const describeListeners: Action = (parameters, world) => {
  const arns = listOf(parameters, 'ListenerArns');
  const balancer = parameters['LoadBalancerArn'];
  if (balancer === undefined && arns.length === 0) {
    throw new ServiceError('ValidationError', 'Either a load balancer ARN or listener ARNs must be specified');
  }
  if (balancer !== undefined) findLoadBalancer(balancer, world);
  const missing = arns.find((arn) => !world.listeners.some((each) => each.arn === arn));
  if (missing !== undefined) throw new ServiceError('ListenerNotFound', `Listeners '[${missing}]' not found`);

  const chosen = world.listeners.filter((each) => each.loadBalancerArn === balancer || arns.includes(each.arn));
  const { items, next } = elbPage(chosen, parameters);
  return { Listeners: items.map(showListener), NextMarker: next };
};

/** The load balancer with this ARN; throws LoadBalancerNotFound. */
export function findLoadBalancer(arn: string | undefined, { loadBalancers }: World): LoadBalancer {
  const found = loadBalancers.find((each) => each.arn === arn);
  if (found === undefined) throw loadBalancerNotFound(arn);
  return found;
}

const loadBalancerNotFound = (name: string | undefined): ServiceError =>
  new ServiceError('LoadBalancerNotFound', `Load balancers '[${name}]' not found`);

/** Attributes and tags as Elastic Load Balancing writes them. */
export const keyValues = (map: Record<string, string>): XmlValue[] =>
  Object.entries(map).map(([Key, Value]) => ({ Key, Value }));

const showLoadBalancer = (balancer: LoadBalancer): XmlValue => ({
  LoadBalancerArn: balancer.arn,
  DNSName: balancer.dnsName,
  CreatedTime: balancer.createdAt,
  LoadBalancerName: balancer.name,
  Scheme: balancer.scheme,
  VpcId: balancer.vpcId,
  State: { Code: balancer.state, Reason: balancer.stateReason },
  Type: balancer.type,
  AvailabilityZones: balancer.zones.map(({ name, subnetId }) => ({ ZoneName: name, SubnetId: subnetId })),
  SecurityGroups: balancer.securityGroups.length > 0 ? balancer.securityGroups : undefined,
  IpAddressType: balancer.ipAddressType,
  EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: balancer.privateLinkEnforcement,
});

/** A listener as Elastic Load Balancing describes it. */
export function showListener({ arn, loadBalancerArn, port, protocol, alpnPolicy, forwards }: Listener): XmlValue {
  const TargetGroups = forwards.map(({ targetGroupArn, weight }) => ({
    TargetGroupArn: targetGroupArn,
    Weight: weight,
  }));
  const [only, ...others] = forwards;
  return {
    ListenerArn: arn,
    LoadBalancerArn: loadBalancerArn,
    Port: port,
    Protocol: protocol,
    AlpnPolicy: alpnPolicy === undefined ? undefined : [alpnPolicy],
    DefaultActions: [
      {
        Type: 'forward',
        TargetGroupArn: others.length === 0 ? only?.targetGroupArn : undefined,
        ForwardConfig: { TargetGroups },
      },
    ],
  };
}
