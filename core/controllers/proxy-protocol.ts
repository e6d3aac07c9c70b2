import { proxyProtocolName } from '../kubernetes/telling-variables.ts';
import { derived, distinct } from '../model/indexed.ts';
import type { Container, Pod, Service, ServicePort, Workload } from '../model/kubernetes.ts';
import type { Controller } from '../model/owner.ts';
import { annotationPrefix } from './annotation-prefix.ts';
import { controllerVersion, neededFor } from './controller-version.ts';

const attribute = /(^|,)\s*proxy_protocol_v2\.enabled\s*=\s*true\s*(,|$)/i;

/**
 * The annotation by which the Service asks for a Proxy Protocol header on this port, as `name: value`; undefined where it asks for none
 * (LBC:docs/guide/service/annotations.md; cloud-provider-aws obeys the attributes alone on Network Load Balancers).
 */
export function proxyProtocolSetting({ metadata }: Service, { port }: ServicePort): string | undefined {
  const asking: [ending: string, isSet: (value: string) => boolean][] = [
    [`target-group-attributes.${port}`, (value) => attribute.test(value)],
    ['target-group-attributes', (value) => attribute.test(value)],
    ['proxy-protocol', (value) => value === '*'],
    ['proxy-protocol-per-target-group', (value) => value.split(',').some((number) => number.trim() === String(port))],
  ];
  return asking.flatMap(([ending, isSet]) => {
    const value = metadata.annotations[annotationPrefix + ending];
    return value !== undefined && isSet(value) ? [`${annotationPrefix}${ending}: ${value}`] : [];
  })[0];
}

/**
 * Why the controller reads over such a setting, where it does. cloud-provider-aws reads `proxy-protocol` for Classic Load Balancers
 * only (CPA:pkg/providers/v1/aws.go); of the other one the release has to be known.
 */
export function whyIgnored(
  setting: string,
  controller: Controller | undefined,
  workloads: Workload[] | undefined,
): string | undefined {
  const ending = setting.slice(annotationPrefix.length);
  if (controller === 'cloud-provider-aws')
    return ending.startsWith('proxy-protocol')
      ? 'cloud-provider-aws ignores that for Network Load Balancers'
      : undefined;
  if (controller !== 'aws-load-balancer-controller') return undefined;
  const release = controllerVersion(workloads ?? []);
  const needed = neededFor(setting.split(': ')[0] ?? '', release);
  return (
    needed &&
    `aws-load-balancer-controller ${release?.join('.')} does not know that annotation, ${needed.join('.')} and later do`
  );
}

/** True where the Service or its containers name the Proxy Protocol: in an annotation, an argument or a variable. */
export function mayWantProxyProtocol(service: Service, port: ServicePort | undefined, pods: Pod[]): boolean {
  if (Object.keys(service.metadata.annotations).some(names)) return true;
  if (port !== undefined && proxyProtocolSetting(service, port) !== undefined) return true;
  return derived(pods, [mayWantProxyProtocol], () => distinct(pods.map(({ spec }) => spec.containers)).some(turnOn));
}

/** Pods of one template share their containers as they are read, so that these are looked at once. */
const turnOn = (containers: Container[]): boolean =>
  containers.some(
    ({ args, command, env }) =>
      command.some(isOn) ||
      args.some(isOn) ||
      env.some(({ name, value }) => names(name) && !/^(false|0|off|no|)$/i.test(value ?? 'unknown')),
  );

/** Most words are too short for the name. */
const names = (text: string): boolean => text.length >= 'proxyprotocol'.length && proxyProtocolName.test(text);
const isOn = (text: string): boolean => names(text) && !isOff(text);
const isOff = (text: string): boolean => /=\s*(false|0|off|no)$/i.test(text);
