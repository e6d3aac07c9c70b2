import type { Service } from './kubernetes.ts';
import type { Controller } from './owner.ts';

const prefix = 'service.beta.kubernetes.io/aws-load-balancer-healthcheck-';

/** A health-check annotation that the controller or Elastic Load Balancing refuses. */
export interface InvalidAnnotation {
  name: string;
  value: string;
  allowed: string;
}

/**
 * The annotations on health checks that cannot take effect as written.
 * Ranges: CreateTargetGroup in the ELBv2 API; forms: LBC:pkg/service/model_build_target_group.go,
 * CPA:pkg/providers/v1/aws.go buildNLBHealthCheckConfiguration.
 */
export function invalidHealthCheckAnnotations(service: Service, controller: Controller): InvalidAnnotation[] {
  const { annotations } = service.metadata;
  const interval = Number(annotations[`${prefix}interval`] ?? Number.NaN);
  const rules: [string, string, (value: string) => boolean][] = [
    ['protocol', 'tcp, http or https', (value) => /^(tcp|http|https)$/i.test(value)],
    ['port', portWords(controller), (value) => isPort(value, service, controller)],
    ['interval', 'an integer from 5 to 300 (seconds)', within(5, 300)],
    [
      'timeout',
      'an integer from 2 to 120 (seconds), at most the interval',
      (value) => within(2, 120)(value) && !(Number(value) > interval),
    ],
    ['healthy-threshold', 'an integer from 2 to 10', within(2, 10)],
    ['unhealthy-threshold', 'an integer from 2 to 10', within(2, 10)],
    [
      'success-codes',
      'codes or ranges from 200 to 599, for example 200-399',
      (value) => isSuccessCodes(value, controller),
    ],
  ];
  return rules.flatMap(([name, allowed, isValid]) => {
    const value = annotations[prefix + name];
    return value === undefined || isValid(value) ? [] : [{ name: prefix + name, value, allowed }];
  });
}

/**
 * The first annotation of the Service, other than those on health checks, that keeps the AWS Load Balancer Controller from
 * building anything: a list of `key=value` pairs with a part that is none (LBC:pkg/annotations/parser.go).
 */
export function unreadableAnnotation({ metadata }: Service, controller: Controller): InvalidAnnotation | undefined {
  if (controller !== 'aws-load-balancer-controller') return undefined;
  const [found] = pairLists.flatMap((name) => {
    const value = metadata.annotations[name];
    const parts = (value ?? '').split(',').map((part) => part.trim());
    const isSound = parts.every((part) => part === '' || part.includes('='));
    return value === undefined || isSound ? [] : [{ name, value, allowed: 'a list of key=value' }];
  });
  return found;
}

const pairLists = ['target-group-attributes', 'attributes', 'additional-resource-tags', 'target-node-labels'].map(
  (end) => `service.beta.kubernetes.io/aws-load-balancer-${end}`,
);

const within =
  (least: number, most: number) =>
  (value: string): boolean =>
    /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most;

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
