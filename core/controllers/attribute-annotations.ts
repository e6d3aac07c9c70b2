import type { Service, ServicePort } from '../model/kubernetes.ts';
import { annotationPrefix } from './annotation-prefix.ts';
import { neededFor, type Version } from './controller-version.ts';

const header = 'proxy_protocol_v2.enabled';
const all = `${annotationPrefix}target-group-attributes`;
const everyPort = `${annotationPrefix}proxy-protocol`;
const byPort = `${annotationPrefix}proxy-protocol-per-target-group`;

/** An attribute of a target group, as Elastic Load Balancing names it, and a value. */
export interface Attribute {
  name: string;
  value: string;
}

/** The annotations, `null` for one that goes, with which the Service asks for this value at this port; what else they hold stays. */
export type Annotations = Record<string, string | null>;

/**
 * For the AWS Load Balancer Controller, which lets Proxy Protocol for every port win over the ports that are named, and these over the
 * attributes, of which those of a port win over those of all (LBC:pkg/service/model_build_target_group.go, buildTargetGroupAttributes). A
 * release that is too old for single ports reads the attributes of all alone.
 */
export function annotationsForPort(
  service: Service,
  port: ServicePort,
  { release, ...attribute }: Attribute & { release: Version | undefined },
): Annotations {
  if (attribute.name !== header) return annotationsForAll(service, port, attribute);
  if (neededFor(byPort, release) !== undefined) return byAttributeAlone(service, attribute);
  return attribute.value === 'true' ? withHeader(service, port) : withoutHeader(service, port);
}

/** For a controller that reads the attributes alone. */
export function annotationsForAll(
  { metadata }: Service,
  { port }: ServicePort,
  { name, value }: Attribute,
): Annotations {
  const own = `${all}.${port}`;
  const annotation = valueIn(metadata.annotations[own], name) === undefined ? all : own;
  return { [annotation]: withEntry(metadata.annotations[annotation], name, value) };
}

/** What the Service asks for by the annotation for all ports; undefined where it names no such attribute. */
export const attributeAskedFor = ({ metadata }: Service, name: string): string | undefined =>
  valueIn(metadata.annotations[all], name);

/** For a release that knows no single ports: of all of them, or of none. */
function byAttributeAlone({ metadata: { annotations } }: Service, { name, value }: Attribute): Annotations {
  const isForAll = annotations[everyPort] !== undefined;
  return {
    ...(isForAll && value !== 'true' && { [everyPort]: null }),
    [all]: withEntry(annotations[all], name, value),
  };
}

function withHeader(service: Service, { port }: ServicePort): Annotations {
  const named = portsIn(service.metadata.annotations[byPort]);
  return { [byPort]: [...named.filter((each) => each !== `${port}`), `${port}`].join(',') };
}

function withoutHeader(service: Service, port: ServicePort): Annotations {
  const { annotations } = service.metadata;
  const own = `${port.port}`;
  const isForAll = annotations[everyPort] !== undefined;
  const others = isForAll
    ? service.spec.ports.map((each) => `${each.port}`).filter((each) => each !== own)
    : portsIn(annotations[byPort]).filter((each) => each !== own);
  const isNamed = isForAll || annotations[byPort] !== undefined;
  const asks = [`${all}.${port.port}`, all].some((each) => valueIn(annotations[each], header) === 'true');
  return {
    ...(isForAll && { [everyPort]: null }),
    ...(isNamed &&
      (others.length > 0 || annotations[byPort] !== undefined) && {
        [byPort]: others.length > 0 ? others.join(',') : null,
      }),
    // Named ports win: without any the attributes decide again.
    ...((asks || !isNamed) &&
      others.length === 0 &&
      annotationsForAll(service, port, { name: header, value: 'false' })),
  };
}

const portsIn = (list = ''): string[] =>
  list
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

const nameIn = (entry: string): string => entry.split('=')[0]?.trim() ?? '';

const valueIn = (map = '', name: string): string | undefined =>
  map
    .split(',')
    .find((entry) => nameIn(entry) === name)
    ?.split('=')[1]
    ?.trim();

function withEntry(map: string | undefined, name: string, value: string): string {
  const entries = portsIn(map);
  const entry = `${name}=${value}`;
  return entries.some((each) => nameIn(each) === name)
    ? entries.map((each) => (nameIn(each) === name ? entry : each)).join(',')
    : [...entries, entry].join(',');
}
