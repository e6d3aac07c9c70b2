import { healthzPort } from '../kubernetes/kube-proxy.ts';
import type { HealthCheck } from '../model/aws.ts';
import type { Service, ServicePort, Workload } from '../model/kubernetes.ts';
import type { Slices } from '../model/slices.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { healthCheckAnnotation } from './annotation-prefix.ts';
import { invalidHealthCheckAnnotations } from './annotations.ts';
import { controllerOf } from './controller.ts';
import { defaultsFor, ignoredSettingsOf } from './defaults.ts';
import { formatDecider, gatewayHealthCheck } from './gateway/gateway-health-check.ts';
import { routeOfTags } from './tags.ts';

/** One setting of the health check: what the Service asks for, beside what the target group has. */
export interface ExpectedSetting {
  name: keyof HealthCheck;
  expected: string | number;
  live: string | number | undefined;
  /** Full name of the annotation; absent where `expected` is the controller's default. */
  annotation?: string;
  /** The object that asks for it, where that is not the Service, for example `TargetGroupConfiguration shop/web`. */
  by?: string;
  /** False where the controller is known, or thought, not to carry this annotation out. */
  supported: boolean;
}

/** The endings of the annotations, after `…aws-load-balancer-healthcheck-` and after `alb.ingress…/healthcheck-`. */
const endings: Record<keyof HealthCheck, [service: string, ingress: string]> = {
  protocol: ['protocol', 'protocol'],
  port: ['port', 'port'],
  path: ['path', 'path'],
  intervalSeconds: ['interval', 'interval-seconds'],
  timeoutSeconds: ['timeout', 'timeout-seconds'],
  healthyThreshold: ['healthy-threshold', 'healthy-threshold-count'],
  unhealthyThreshold: ['unhealthy-threshold', 'unhealthy-threshold-count'],
  successCodes: ['success-codes', 'success-codes'],
};
const names = Object.keys(endings) as (keyof HealthCheck)[];

/** Full name of the annotation of a Service for this setting. */
export const annotationOf = (name: keyof HealthCheck): string => healthCheckAnnotation + endings[name][0];

/** The same, and that of an Ingress. */
const annotationsOf = names.map((name) => ({
  name,
  own: annotationOf(name),
  foreign: `alb.ingress.kubernetes.io/healthcheck-${endings[name][1]}`,
}));

/** What decides beside the Service, as far as it was read. */
export interface Deciding {
  workloads: Workload[] | undefined;
  gatewayConfigurations?: Slices['gatewayConfigurations'] | undefined;
}

/**
 * What the health check of the target group should be by its Service or its TargetGroupConfiguration, setting by setting; a setting that
 * cannot be foretold is left out. Empty where neither decides: no controller, a target group made by hand, or the shared probe mode of
 * cloud-provider-aws; and where the configurations of the Gateway API could not be read.
 * Sources: LBC:pkg/service/model_builder.go and model_build_target_group.go, CPA:pkg/providers/v1/aws.go
 * buildNLBHealthCheckConfiguration and aws_loadbalancer.go ensureTargetGroup.
 */
export const expectedHealthCheck = (
  group: TargetGroupContext,
  service: Service,
  { workloads, gatewayConfigurations }: Deciding,
): ExpectedSetting[] =>
  group.owner?.controller === 'aws-load-balancer-controller-gateway'
    ? group.memo.once([settingsByGateway, service, gatewayConfigurations], () =>
        settingsByGateway(service, group, gatewayConfigurations),
      )
    : group.memo.once([settingsBy, service, workloads], () => settingsBy(service, group, workloads));

/** Only of target groups whose tags name the route. */
function settingsByGateway(
  service: Service,
  group: TargetGroupContext,
  configurations: Slices['gatewayConfigurations'] | undefined,
): ExpectedSetting[] {
  if (configurations === undefined || routeOfTags(group.targetGroup.tags) === undefined) return [];
  const { healthCheck, decider } = gatewayHealthCheck(group, service, configurations);
  const live = group.targetGroup.healthCheck;
  const settings = names.flatMap((name): ExpectedSetting[] => {
    const expected = healthCheck[name];
    if (expected === undefined) return [];
    return [{ name, expected, live: live[name], ...(decider && { by: formatDecider(decider) }), supported: true }];
  });
  return relevantOf(settings, live);
}

function settingsBy(service: Service, group: TargetGroupContext, workloads: Workload[] | undefined): ExpectedSetting[] {
  if (!isDecidedBy(service, group)) return [];
  const live = group.targetGroup.healthCheck;
  const { annotations } = service.metadata;
  const defaults = defaultsFor(group, service);
  const invalid = new Set(
    invalidHealthCheckAnnotations(service, group).flatMap(({ name, isClash }) => (isClash ? [] : [name])),
  );
  const ignoredSettings = ignoredSettingsOf(group, workloads);

  const settings = annotationsOf.flatMap(({ name, own, foreign }): ExpectedSetting[] => {
    const annotation = [own, foreign].find((key) => annotations[key] !== undefined);
    if (annotation === undefined) {
      const expected = ignoredSettings.has(name) ? undefined : defaults[name];
      return expected === undefined ? [] : [{ name, expected, live: live[name], supported: true }];
    }
    const expected = invalid.has(annotation) ? undefined : applied(name, annotations[annotation] ?? '', group, service);
    const supported = annotation === own && !ignoredSettings.has(name);
    return expected === undefined ? [] : [{ name, expected, live: live[name], annotation, supported }];
  });
  const relevant = relevantOf(settings, live);
  return group.owner?.controller === 'cloud-provider-aws' ? relevant.map(unlessPaired(relevant, group)) : relevant;
}

/** A check by TCP has no path and no codes. */
function relevantOf(settings: ExpectedSetting[], live: HealthCheck): ExpectedSetting[] {
  const protocol = settings.find(({ name }) => name === 'protocol')?.expected ?? live.protocol;
  return settings.filter(({ name }) => protocol !== 'TCP' || (name !== 'path' && name !== 'successCodes'));
}

/** The settings in which the target group is not what its Service asks for. */
export const deviations = (settings: ExpectedSetting[], group: TargetGroupContext): ExpectedSetting[] =>
  settings.filter((setting) => !isLive(setting, group));

/** The health check with these settings in the place of the live ones. */
export const withSettings = ({ targetGroup }: TargetGroupContext, settings: ExpectedSetting[]): HealthCheck => ({
  ...targetGroup.healthCheck,
  ...(Object.fromEntries(settings.map(({ name, expected }) => [name, expected])) as Partial<HealthCheck>),
});

/** `path stays /old instead of /ready`. */
export const formatDeviation = ({ name, live, expected }: ExpectedSetting): string =>
  `${name} stays ${live ?? 'unset'} instead of ${expected}`;

/**
 * The Service port that the health-check port names and that leads to a port known only by name: behind ip targets the
 * AWS Load Balancer Controller gives up on it (LBC:pkg/service/model_build_target_group.go, healthCheckPort).
 */
export function unresolvablePort(group: TargetGroupContext, service: Service): ServicePort | undefined {
  const wanted = service.metadata.annotations[`${healthCheckAnnotation}port`];
  if (group.targetGroup.targetType !== 'ip' || !isDecidedBy(service, group)) return undefined;
  if (group.owner?.controller === 'cloud-provider-aws') return undefined;
  return service.spec.ports.find(({ name, targetPort }) => name === wanted && typeof targetPort === 'string');
}

/** True where a controller makes the target group's health check from this very Service; unread it counts as one. */
export function isDecidedBy(service: Service | undefined, { owner, targetGroup }: TargetGroupContext): boolean {
  if (owner === undefined || (service !== undefined && !mayHaveLoadBalancer(service))) return false;
  if (owner.controller === 'none' || owner.controller === 'aws-load-balancer-controller-gateway') return false;
  const stack = targetGroup.tags['service.k8s.aws/stack'] ?? targetGroup.tags['service.eks.amazonaws.com/stack'];
  if (owner.by === 'target-group-binding' && stack === undefined) return false;
  // ClusterServiceLoadBalancerHealthProbeMode=Shared asks kube-proxy, whatever the Service says.
  return owner.controller !== 'cloud-provider-aws' || targetGroup.healthCheck.port !== String(healthzPort);
}

/** By its annotations the AWS Load Balancer Controller takes Services of other types too (LBC:pkg/service/service_utils.go). */
const mayHaveLoadBalancer = (service: Service): boolean =>
  service.spec.type === 'LoadBalancer' || controllerOf(service, []) === 'aws-load-balancer-controller';

/**
 * cloud-provider-aws sends an unhealthy threshold only together with a new healthy one, so that another one stays, whether the
 * Service asks for it or it was set by hand (measured with 1.36.2).
 */
const unlessPaired =
  (settings: ExpectedSetting[], group: TargetGroupContext) =>
  (setting: ExpectedSetting): ExpectedSetting => {
    const partner = settings.find(({ name }) => name === 'healthyThreshold');
    const alone = setting.name === 'unhealthyThreshold' && (partner === undefined || isLive(partner, group));
    return alone ? { ...setting, supported: false } : setting;
  };

/** The annotation's text as Elastic Load Balancing would hold it; undefined where that cannot be told. */
function applied(
  name: keyof HealthCheck,
  text: string,
  group: TargetGroupContext,
  service: Service,
): string | number | undefined {
  switch (name) {
    case 'protocol':
      return text.toUpperCase();
    case 'port':
      return portOf(text, group, service);
    case 'path':
      return text;
    case 'successCodes':
      return text.replaceAll(' ', '');
    default:
      return /^\+?\d+$/.test(text) ? Number(text) : undefined;
  }
}

/** The name of a Service port means its NodePort, or behind ip targets its target port where that is a number. */
function portOf(text: string, group: TargetGroupContext, service: Service): string | undefined {
  if (text === 'traffic-port') return text;
  if (/^\+?\d+$/.test(text)) return String(Number(text));
  const port = service.spec.ports.find(({ name }) => name === text);
  const number = group.targetGroup.targetType === 'instance' ? port?.nodePort : port?.targetPort;
  return typeof number === 'number' ? String(number) : undefined;
}

/** `traffic-port` and the number of the port that every target is registered with come to the same. */
function isLive({ name, expected, live }: ExpectedSetting, { targets }: TargetGroupContext): boolean {
  if (name !== 'port' || expected === live) return expected === live;
  const number = expected === 'traffic-port' ? live : live === 'traffic-port' ? expected : undefined;
  return number !== undefined && targets.length > 0 && targets.every(({ port }) => String(port) === number);
}
