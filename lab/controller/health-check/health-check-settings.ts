import type { HealthCheck, HealthCheckProtocol, TargetType } from '../../../core/model/aws.ts';
import type { ServicePort } from '../../../core/model/kubernetes.ts';
import type { Service } from '../../world/kubernetes-object.ts';
import type { ControllerName } from '../controller-of.ts';
import { Refusal } from '../refusal.ts';

/** Which controller builds the health check, and for which kind of target. */
interface Request {
  service: Service;
  controller: ControllerName;
  targetType: TargetType;
  /** True where the target group is there and changes in place. */
  isChange?: boolean;
}

/**
 * The health check that the controller asks Elastic Load Balancing for, from annotations and defaults
 * (aws-load-balancer-controller pkg/service/model_build_target_group.go and model_builder.go; cloud-provider-aws
 * pkg/providers/v1/aws.go, buildNLBHealthCheckConfiguration). Throws a Refusal where it would give up.
 */
export function healthCheckSettings(request: Request): HealthCheck {
  const { service, controller, targetType, isChange = false } = request;
  const local = targetType === 'instance' && service.spec.externalTrafficPolicy === 'Local';
  const defaults = defaultsOf(controller, local);
  const annotation = (end: string): string | undefined =>
    service.metadata.annotations[`service.beta.kubernetes.io/aws-load-balancer-healthcheck-${end}`];
  const number = (end: string, fallback: number): number => wholeNumber(request, end, annotation(end) ?? `${fallback}`);

  const protocol = protocolOf(request, annotation('protocol') ?? defaults.protocol);
  const defaultPort = local ? `${service.spec.healthCheckNodePort}` : 'traffic-port';
  const settings: HealthCheck = {
    protocol,
    port: portOf(request, annotation('port') ?? defaultPort),
    intervalSeconds: number('interval', defaults.intervalSeconds),
    timeoutSeconds: number('timeout', defaults.timeoutSeconds),
    healthyThreshold: number('healthy-threshold', defaults.threshold),
    unhealthyThreshold: number('unhealthy-threshold', defaults.threshold),
  };
  // cloud-provider-aws reads the time-out but never sends it, and knows no success codes.
  if (controller === 'ccm') settings.timeoutSeconds = protocol === 'HTTP' ? 6 : 10;
  if (protocol !== 'TCP') {
    settings.path = annotation('path') ?? (local ? '/healthz' : '/');
    settings.successCodes = (controller === 'ccm' ? undefined : annotation('success-codes')) ?? '200-399';
  }
  if (controller !== 'ccm') refuseOutOfRange(settings, isChange ? 'ModifyTargetGroup' : 'CreateTargetGroup');
  return settings;
}

function defaultsOf(controller: ControllerName, local: boolean) {
  if (local) return { protocol: 'HTTP', intervalSeconds: 10, timeoutSeconds: 6, threshold: 2 };
  return { protocol: 'TCP', intervalSeconds: controller === 'ccm' ? 30 : 10, timeoutSeconds: 10, threshold: 3 };
}

function protocolOf({ controller }: Request, value: string): HealthCheckProtocol {
  const protocol = value.toUpperCase();
  if (protocol === 'TCP' || protocol === 'HTTP' || protocol === 'HTTPS') return protocol;
  throw Refusal.toBuild(
    controller,
    controller === 'ccm'
      ? `Unsupported health check protocol ${protocol}`
      : `unsupported health check protocol ${value}`,
  );
}

function wholeNumber({ controller }: Request, end: string, value: string): number {
  if (/^[+-]?\d+$/.test(value)) return Number(value);
  const key = `service.beta.kubernetes.io/aws-load-balancer-healthcheck-${end}`;
  const cause = `strconv.ParseInt: parsing "${value}": invalid syntax`;
  throw Refusal.toBuild(
    controller,
    controller !== 'ccm'
      ? `failed to parse int32 annotation, ${key}: ${value}: ${cause}`
      : `failed to parse annotation ${key}=${value}`,
  );
}

/** LBC takes the name of a Service port, and means its NodePort or its target port. */
function portOf({ service, controller, targetType }: Request, value: string): string {
  if (value === 'traffic-port') return value;
  // As Go reads integers: `080` is 80.
  if (/^\+?\d+$/.test(value)) return String(Number(value));
  const { namespace, name: own } = service.metadata;
  const port = service.spec.ports.find(({ name }: ServicePort) => name === value) as ServicePort | undefined;
  if (controller === 'ccm' || port === undefined) {
    throw Refusal.toBuild(
      controller,
      `failed to resolve healthCheckPort: unable to find port ${value} on service ${namespace}/${own}`,
    );
  }
  if (targetType === 'instance') return `${port.nodePort}`;
  if (typeof port.targetPort === 'number') return `${port.targetPort}`;
  throw Refusal.toBuild(
    controller,
    "cannot use named healthCheckPort for IP TargetType when service's targetPort is a named port",
  );
}

function refuseOutOfRange(settings: HealthCheck, call: 'CreateTargetGroup' | 'ModifyTargetGroup'): void {
  const answer = validationErrorOf(call, settings);
  if (answer !== undefined) throw Refusal.ofDeploy('lbc', answer);
}

/**
 * What Elastic Load Balancing answers to a call with values outside of its limits, `undefined` where there are none
 * (botocore elbv2 service-2.json, CreateTargetGroup).
 */
export function validationErrorOf(
  call: 'CreateTargetGroup' | 'ModifyTargetGroup',
  settings: HealthCheck,
): string | undefined {
  const detail = outOfRange(settings);
  if (detail === undefined) return undefined;
  const answer = `operation error Elastic Load Balancing v2: ${call}, https response error StatusCode: 400`;
  return `${answer}, api error ValidationError: ${detail}`;
}

function outOfRange(settings: HealthCheck): string | undefined {
  const limits: [string, number, number, number][] = [
    ['interval seconds', settings.intervalSeconds, 5, 300],
    ['timeout seconds', settings.timeoutSeconds, 2, 120],
    ['healthy threshold count', settings.healthyThreshold, 2, 10],
    ['unhealthy threshold count', settings.unhealthyThreshold, 2, 10],
    ['port', settings.port === 'traffic-port' ? 1 : Number(settings.port), 1, 65535],
  ];
  for (const [name, value, lowest, highest] of limits) {
    if (value >= lowest && value <= highest) continue;
    return `Health check ${name} '${value}' must be between ${lowest} and ${highest}`;
  }
  const { path } = settings;
  if (path !== undefined && (!path.startsWith('/') || path.length > 1024)) {
    return `Health check path '${path}' must begin with '/' and have at most 1024 characters`;
  }
  if (settings.timeoutSeconds > settings.intervalSeconds) {
    return `Health check timeout '${settings.timeoutSeconds}' must be smaller than or equal to the interval '${settings.intervalSeconds}'`;
  }
  if (!successCodesAreValid(settings.successCodes ?? '200')) {
    return `Health check matcher HTTP code '${settings.successCodes}' must be within 200-599`;
  }
  return undefined;
}

const successCodesAreValid = (codes: string): boolean =>
  codes.split(',').every((part) => /^[2-5]\d\d(-[2-5]\d\d)?$/.test(part));
