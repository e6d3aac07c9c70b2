import type { Pod, Service, ServicePort } from '../model/kubernetes.ts';
import { annotationPrefix } from './annotation-prefix.ts';

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

/** cloud-provider-aws reads this annotation for Classic Load Balancers only (CPA:pkg/providers/v1/aws.go). */
export const isIgnoredByCloudProvider = (setting: string): boolean =>
  setting.startsWith(`${annotationPrefix}proxy-protocol`);

/** True where the Service or its containers name the Proxy Protocol: in an annotation, an argument or a variable. */
export function mayWantProxyProtocol(service: Service, port: ServicePort | undefined, pods: Pod[]): boolean {
  if (Object.keys(service.metadata.annotations).some(names)) return true;
  if (port !== undefined && proxyProtocolSetting(service, port) !== undefined) return true;
  return pods.some(({ spec }) =>
    spec.containers.some(
      ({ args, command, env }) =>
        command.some(isOn) ||
        args.some(isOn) ||
        env.some(({ name, value }) => names(name) && !/^(false|0|off|no|)$/i.test(value ?? 'unknown')),
    ),
  );
}

const names = (text: string): boolean => /proxy[-_]?protocol/i.test(text);
const isOn = (text: string): boolean => names(text) && !isOff(text);
const isOff = (text: string): boolean => /=\s*(false|0|off|no)$/i.test(text);
