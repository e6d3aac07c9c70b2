import type { HealthCheck, HealthCheckProtocol } from '../../../core/model/aws.ts';
import { before } from '../../world/moment.ts';
import { type Parameters, pairsOf, structuresOf } from '../aws/parameters.ts';
import type { Action } from '../aws/service.ts';
import { ServiceError } from '../aws/service-error.ts';
import { keyValues } from './load-balancers.ts';
import { findTargetGroup, showTargetGroup } from './target-groups.ts';

/** ModifyTargetGroup: settings of the health check; a check over TCP has neither path nor success codes. */
export const modifyTargetGroup: Action = (parameters, world) => {
  const group = findTargetGroup(parameters['TargetGroupArn'], world);
  const changed: HealthCheck = { ...group.healthCheck, ...settingsIn(parameters) };
  if (changed.timeoutSeconds > changed.intervalSeconds) {
    throw new ServiceError('ValidationError', 'Health check interval must be greater than the timeout.');
  }
  if (changed.protocol === 'TCP') {
    delete changed.path;
    delete changed.successCodes;
  } else {
    changed.path ??= '/';
    changed.successCodes ??= '200-399';
  }
  group.healthCheck = changed;
  return { TargetGroups: [showTargetGroup(group)] };
};

function settingsIn(parameters: Parameters): Partial<HealthCheck> {
  const {
    HealthCheckProtocol: protocol,
    HealthCheckPort: port,
    HealthCheckPath: path,
    'Matcher.HttpCode': codes,
  } = parameters;
  const number = (name: string): number | undefined => (name in parameters ? Number(parameters[name]) : undefined);
  const settings = {
    protocol: protocol as HealthCheckProtocol | undefined,
    port,
    path,
    successCodes: codes,
    intervalSeconds: number('HealthCheckIntervalSeconds'),
    timeoutSeconds: number('HealthCheckTimeoutSeconds'),
    healthyThreshold: number('HealthyThresholdCount'),
    unhealthyThreshold: number('UnhealthyThresholdCount'),
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

/** ModifyTargetGroupAttributes. */
export const modifyTargetGroupAttributes: Action = (parameters, world) => {
  const group = findTargetGroup(parameters['TargetGroupArn'], world);
  const changes = pairsOf(parameters, 'Attributes');
  const unknown = Object.keys(changes).find((key) => !/^[a-z0-9_.]+$/.test(key));
  if (unknown !== undefined) {
    throw new ServiceError('ValidationError', `Target group attribute key '${unknown}' is not recognized`);
  }
  Object.assign(group.attributes, changes);
  return { Attributes: keyValues(group.attributes) };
};

/** RegisterTargets; the first health checks are over at once. */
export const registerTargets: Action = (parameters, world) => {
  const group = findTargetGroup(parameters['TargetGroupArn'], world);
  for (const { Id: id = '', Port = `${group.port}` } of structuresOf(parameters, 'Targets')) {
    if (group.targetType === 'instance' && !world.instances.some((instance) => instance.id === id)) {
      throw new ServiceError('InvalidTarget', `The following targets are not valid: '${id}'`);
    }
    const others = (world.registrations ?? []).filter(
      (each) => !isTarget(each, { arn: group.arn, id, port: Number(Port) }),
    );
    const registeredAt = before(world.now, registrationSeconds);
    world.registrations = [...others, { targetGroupArn: group.arn, id, port: Number(Port), registeredAt }];
  }
  return {};
};

/** More than a new target needs to be spread and checked. */
const registrationSeconds = 600;

/** DeregisterTargets; one without a port is deregistered with every port. It drains, and is gone at once, as if the delay were over. */
export const deregisterTargets: Action = (parameters, world) => {
  const { arn } = findTargetGroup(parameters['TargetGroupArn'], world);
  const leaving = structuresOf(parameters, 'Targets');
  const isLeaving = (each: { targetGroupArn: string; id: string; port: number }): boolean =>
    leaving.some(({ Id = '', Port }) =>
      isTarget(each, { arn, id: Id, port: Port === undefined ? each.port : Number(Port) }),
    );
  const lost = leaving.find(
    ({ Id }) => !(world.registrations ?? []).some((each) => each.targetGroupArn === arn && each.id === Id),
  );
  if (lost !== undefined)
    throw new ServiceError('InvalidTarget', `The following targets are not registered: '${lost['Id']}'`);
  world.registrations = (world.registrations ?? []).filter((each) => !isLeaving(each));
  return {};
};

const isTarget = (
  { targetGroupArn, id, port }: { targetGroupArn: string; id: string; port: number },
  wanted: { arn: string; id: string; port: number },
): boolean => targetGroupArn === wanted.arn && id === wanted.id && port === wanted.port;
