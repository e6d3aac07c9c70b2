import type { Service } from '../../world/kubernetes-object.ts';
import { isQuicAsked, terminatesTls } from '../protocol.ts';

const prefix = 'service.beta.kubernetes.io/aws-load-balancer-';

/**
 * What the AWS Load Balancer Controller says of an annotation that it cannot read, other than those of health checks; the texts
 * are those of 3.5.0 (pkg/annotations/parser.go, pkg/service/model_build_load_balancer.go and model_build_target_group.go).
 */
export function refusedByAnnotation({ metadata, spec }: Service): string | undefined {
  const { annotations } = metadata;
  const alpn = annotations[`${prefix}alpn-policy`];
  if (
    alpn !== undefined &&
    !policies.includes(alpn) &&
    spec.ports.some((port) => terminatesTls({ metadata, spec } as Service, port))
  )
    return `invalid ALPN policy ${alpn}, policy must be one of [${policies.join(', ')}]`;
  for (const [key, value] of Object.entries(annotations)) {
    const refused = refusals[key.replace(prefix, '')]?.(value, key);
    if (refused !== undefined) return refused;
  }
  const quic = spec.ports.find((port) => port.protocol === 'TCP' && isQuicAsked({ metadata, spec } as Service, port));
  const isMerged = annotations[`${prefix}enable-tcp-udp-listener`] === 'true';
  return quic === undefined || isMerged ? undefined : `Unsupported QUIC upgrade for protocol ${quic.protocol}`;
}

/** What a TLS listener can say of HTTP/2; read only where there is one. */
const policies = ['None', 'HTTP1Only', 'HTTP2Only', 'HTTP2Optional', 'HTTP2Preferred'];

type Refuse = (value: string, key: string) => string | undefined;

/** `key=value` parts, each with a key; a comma at the end is none, and one inside of a value is escaped. */
const stringMap: Refuse = (value, key) =>
  parts(value).every((pair) => pair.indexOf('=') > 0)
    ? undefined
    : `failed to parse stringMap annotation, ${key}: ${value}`;

const parts = (value: string): string[] =>
  value
    .split(/(?<!\\),/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

const oneOf =
  (allowed: string[], refuse: Refuse): Refuse =>
  (value, key) =>
    allowed.includes(value) ? undefined : refuse(value, key);

const boolean = /^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/;

const refusals: Record<string, Refuse> = {
  'target-group-attributes': (value, key) => stringMap(value, key) ?? unclearBoolean(value),
  attributes: stringMap,
  'additional-resource-tags': stringMap,
  'target-node-labels': stringMap,
  'proxy-protocol': oneOf(
    ['*'],
    (value) =>
      `invalid value ${value} for Load Balancer proxy protocol v2 annotation, only value currently supported is *`,
  ),
  'proxy-protocol-per-target-group': (value) => {
    const wrong = parts(value).find((part) => !/^[+-]?\d+$/.test(part));
    return wrong === undefined ? undefined : `invalid port number in proxy-protocol-per-target-group: ${wrong}`;
  },
  scheme: oneOf(['internal', 'internet-facing'], (value) => `unknown scheme: ${value}`),
  'ip-address-type': oneOf(['ipv4', 'dualstack'], (value) => `unknown IPAddressType: ${value}`),
};

function unclearBoolean(value: string): string | undefined {
  const attribute = parts(value).find((part) => part.startsWith('preserve_client_ip.enabled='));
  const [, word = ''] = attribute?.split('=') ?? [];
  return attribute === undefined || boolean.test(word)
    ? undefined
    : `failed to parse attribute ${attribute}: strconv.ParseBool: parsing "${word}": invalid syntax`;
}
