import type { Target, TargetGroup } from '../../../core/model/aws.ts';
import type { World } from '../../world/world.ts';
import { listOf, type Parameters } from '../aws/parameters.ts';
import type { Action } from '../aws/service.ts';
import { ServiceError } from '../aws/service-error.ts';
import type { XmlValue } from '../aws/xml.ts';
import { elbPage } from './elb-page.ts';
import { findLoadBalancer, keyValues } from './load-balancers.ts';

/** DescribeTargetGroups: all, or by ARN, by name or of one load balancer. */
export const describeTargetGroups: Action = (parameters, world) => {
  const { items, next } = elbPage(chooseTargetGroups(parameters, world), parameters);
  return { TargetGroups: items.map(showTargetGroup), NextMarker: next };
};

/** DescribeTargetGroupAttributes. */
export const describeTargetGroupAttributes: Action = ({ TargetGroupArn }, world) => ({
  Attributes: keyValues(findTargetGroup(TargetGroupArn, world).attributes),
});

/** DescribeTargetHealth: all targets of a group, or the targets named; a target that is not registered is `unused`. */
export const describeTargetHealth: Action = (parameters, world) => {
  const group = findTargetGroup(parameters['TargetGroupArn'], world);
  const registered = world.targetHealth.filter((target) => target.targetGroupArn === group.arn);
  const wanted = readTargets(parameters, group);
  const targets = wanted.length === 0 ? registered : wanted.map((each) => healthOf(each, registered));
  return { TargetHealthDescriptions: targets.map((target) => showTarget(target, group)) };
};

/** The target group with this ARN; throws TargetGroupNotFound. */
export function findTargetGroup(arn: string | undefined, { targetGroups }: World): TargetGroup {
  const found = targetGroups.find((each) => each.arn === arn);
  if (found === undefined) throw targetGroupNotFound(arn);
  return found;
}

const targetGroupNotFound = (name: string | undefined): ServiceError =>
  new ServiceError('TargetGroupNotFound', `Target groups '[${name}]' not found`);

function chooseTargetGroups(parameters: Parameters, world: World): TargetGroup[] {
  const arns = listOf(parameters, 'TargetGroupArns');
  const names = listOf(parameters, 'Names');
  const balancer = parameters['LoadBalancerArn'];
  if ([arns.length, names.length, balancer?.length ?? 0].filter((given) => given > 0).length > 1) {
    throw new ServiceError('ValidationError', 'Only one of LoadBalancerArn, TargetGroupArns and Names can be given');
  }
  if (balancer !== undefined) {
    findLoadBalancer(balancer, world);
    return world.targetGroups.filter((group) => group.loadBalancerArns.includes(balancer));
  }
  if (arns.length > 0) return arns.map((arn) => findTargetGroup(arn, world));
  return names.length === 0 ? world.targetGroups : names.map((name) => findByName(name, world));
}

function findByName(name: string, { targetGroups }: World): TargetGroup {
  const found = targetGroups.find((each) => each.name === name);
  if (found === undefined) throw targetGroupNotFound(name);
  return found;
}

type Registration = Pick<Target, 'id' | 'port'>;

function readTargets(parameters: Parameters, group: TargetGroup): Registration[] {
  const targets: Registration[] = [];
  for (let index = 1; ; index++) {
    const id = parameters[`Targets.member.${index}.Id`];
    if (id === undefined) return targets;
    targets.push({ id, port: Number(parameters[`Targets.member.${index}.Port`] ?? group.port) });
  }
}

type ShownTarget = Omit<Target, 'targetGroupArn' | 'healthCheckPort'> & { healthCheckPort?: number };

function healthOf({ id, port }: Registration, registered: Target[]): ShownTarget {
  const found = registered.find((target) => target.id === id && target.port === port);
  const description = 'Target is not registered to the target group';
  return found ?? { id, port, state: 'unused', reason: 'Target.NotRegistered', description };
}

const showTarget = (target: ShownTarget, { healthCheck }: TargetGroup): XmlValue => ({
  Target: { Id: target.id, Port: target.port, AvailabilityZone: target.zone },
  HealthCheckPort: String(
    target.healthCheckPort ?? (healthCheck.port === 'traffic-port' ? target.port : healthCheck.port),
  ),
  TargetHealth: { State: target.state, Reason: target.reason, Description: target.description },
  AdministrativeOverride: target.override === undefined ? undefined : { State: target.override },
});

/** A target group as Elastic Load Balancing describes it. */
export const showTargetGroup = ({ healthCheck, ...group }: TargetGroup): XmlValue => ({
  TargetGroupArn: group.arn,
  TargetGroupName: group.name,
  Protocol: group.protocol,
  Port: group.port,
  VpcId: group.vpcId,
  HealthCheckProtocol: healthCheck.protocol,
  HealthCheckPort: healthCheck.port,
  HealthCheckEnabled: true,
  HealthCheckIntervalSeconds: healthCheck.intervalSeconds,
  HealthCheckTimeoutSeconds: healthCheck.timeoutSeconds,
  HealthyThresholdCount: healthCheck.healthyThreshold,
  UnhealthyThresholdCount: healthCheck.unhealthyThreshold,
  HealthCheckPath: healthCheck.path,
  Matcher: healthCheck.successCodes === undefined ? undefined : { HttpCode: healthCheck.successCodes },
  LoadBalancerArns: group.loadBalancerArns,
  TargetType: group.targetType,
  IpAddressType: group.ipAddressType,
});
