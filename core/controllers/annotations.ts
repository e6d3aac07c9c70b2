import type { HealthCheck } from '../model/aws.ts';
import type { Service } from '../model/kubernetes.ts';
import type { Controller } from '../model/owner.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { healthCheckAnnotation } from './annotation-prefix.ts';
import { defaultsFor } from './defaults.ts';

/** A health-check annotation that the controller or Elastic Load Balancing refuses. */
export interface InvalidAnnotation {
  name: string;
  value: string;
  allowed: string;
}

export interface InvalidHealthCheckAnnotation extends InvalidAnnotation {
  /** `annotation=value` that is accepted. */
  /** A value that is accepted, and the annotation that is to have it. */
  suggestion: { annotation: string; suggested: string };
  /** True where the value would do without the other setting that it clashes with. */
  isClash: boolean;
}

/**
 * The annotations on health checks that cannot take effect as written.
 * Ranges: CreateTargetGroup in the ELBv2 API; forms: LBC:pkg/service/model_build_target_group.go,
 * CPA:pkg/providers/v1/aws.go buildNLBHealthCheckConfiguration, which reads the time-out and never sends it.
 */
export const invalidHealthCheckAnnotations = (
  service: Service,
  group: TargetGroupContext,
): InvalidHealthCheckAnnotation[] =>
  group.memo.once([invalidHealthCheckAnnotations, service], () => findInvalid(service, group));

function findInvalid(service: Service, group: TargetGroupContext): InvalidHealthCheckAnnotation[] {
  const { annotations } = service.metadata;
  // The defaults of a controller agree with each other.
  if (!Object.keys(annotations).some((name) => name.startsWith(healthCheckAnnotation))) return [];
  const controller = group.owner?.controller ?? 'none';
  const defaults = defaultsFor(group, service);
  const isTimeout = controller === 'cloud-provider-aws' ? isInteger : within(2, 120);
  const isTcp = (annotations[`${healthCheckAnnotation}protocol`] ?? defaults.protocol ?? 'TCP').toUpperCase() === 'TCP';
  const rules: [ending: string, allowed: string, instead: string | number, isValid: (value: string) => boolean][] = [
    [
      'protocol',
      'tcp, http or https',
      (defaults.protocol ?? 'TCP').toLowerCase(),
      (value) => /^(tcp|http|https)$/i.test(value),
    ],
    // Neither controller sends a path or codes with a TCP check.
    [
      'path',
      'a path that begins with a slash, of at most 1,024 characters',
      defaults.path ?? '/',
      (value) => isTcp || (value.startsWith('/') && value.length <= 1024),
    ],
    ['port', portWords(controller), defaults.port ?? 'traffic-port', (value) => isPort(value, service, controller)],
    ['interval', 'an integer from 5 to 300 (seconds)', defaults.intervalSeconds ?? 10, within(5, 300)],
    ['timeout', 'an integer from 2 to 120 (seconds), at most the interval', defaults.timeoutSeconds ?? 10, isTimeout],
    ['healthy-threshold', 'an integer from 2 to 10', defaults.healthyThreshold ?? 3, within(2, 10)],
    ['unhealthy-threshold', 'an integer from 2 to 10', defaults.unhealthyThreshold ?? 3, within(2, 10)],
    [
      'success-codes',
      'codes or ranges from 200 to 599, for example 200-399',
      '200-399',
      (value) => isTcp || isSuccessCodes(value, controller),
    ],
  ];
  const invalid = rules.flatMap(([ending, allowed, instead, isValid]) => {
    const name = healthCheckAnnotation + ending;
    const value = annotations[name];
    if (value === undefined || isValid(value)) return [];
    return [{ name, value, allowed, suggestion: { annotation: name, suggested: String(instead) }, isClash: false }];
  });
  return [...invalid, ...clash(annotations, controller, defaults)];
}

/**
 * A time-out longer than the interval, also where the default of the AWS Load Balancer Controller stands for one of the
 * two: each would do, both together are refused (LBC#2899).
 */
function clash(
  annotations: Record<string, string>,
  controller: Controller,
  defaults: Partial<HealthCheck>,
): InvalidHealthCheckAnnotation[] {
  const [intervalName, timeoutName] = [`${healthCheckAnnotation}interval`, `${healthCheckAnnotation}timeout`] as const;
  const interval = annotations[intervalName] ?? String(defaults.intervalSeconds);
  const timeout = annotations[timeoutName] ?? String(defaults.timeoutSeconds);
  if (controller === 'cloud-provider-aws' || !within(5, 300)(interval) || !within(2, 120)(timeout)) return [];
  if (Number(timeout) <= Number(interval)) return [];
  const isClash = true;
  const shorter = { annotation: timeoutName, suggested: interval };
  const longer = { annotation: intervalName, suggested: timeout };
  return annotations[timeoutName] === undefined
    ? [
        {
          name: intervalName,
          value: interval,
          allowed: `at least the time-out of ${timeout} s`,
          suggestion: shorter,
          isClash,
        },
      ]
    : [
        {
          name: timeoutName,
          value: timeout,
          allowed: `at most the interval of ${interval} s`,
          suggestion: longer,
          isClash,
        },
      ];
}

/** As Go reads integers: a plus and leading zeros are fine (strconv.ParseInt). */
const within =
  (least: number, most: number) =>
  (value: string): boolean =>
    /^\+?\d+$/.test(value) && Number(value) >= least && Number(value) <= most;

const isInteger = (value: string): boolean => /^[+-]?\d+$/.test(value);

const portWords = (controller: Controller): string =>
  controller === 'cloud-provider-aws'
    ? 'traffic-port or a number from 1 to 65535'
    : 'traffic-port, a number from 1 to 65535 or the name of a port of the Service';

function isPort(value: string, service: Service, controller: Controller): boolean {
  if (value === 'traffic-port' || within(1, 65535)(value)) return true;
  return controller !== 'cloud-provider-aws' && service.spec.ports.some(({ name }) => name === value);
}

/** cloud-provider-aws knows no such annotation, so nothing can be wrong with it there. */
const isSuccessCodes = (value: string, controller: Controller): boolean =>
  controller === 'cloud-provider-aws' || /^[2-5]\d\d(-[2-5]\d\d)?(,[2-5]\d\d(-[2-5]\d\d)?)*$/.test(value);
