import type { Service } from '../../../../../lab/world/kubernetes-object.ts';
import type { Shape } from '../../mirror.ts';
import { annotated, ip, port } from '../../shape-parts.ts';

/** A Service that is made where there is nothing, so that it is recorded what becomes of it. */
export interface RecordedService {
  name: string;
  shape: Shape;
  /** Of the Service, beside what its shape says. */
  spec?: Partial<Service['spec']>;
  /** The first release that knows what is asked for; every one by default. */
  since?: [major: number, minor: number];
  /** What the webhooks of the controller are to put into its pods, which are made once the Service is there. */
  injected?: 'gates' | 'server-ids';
  /** Of every target, from the moment when pods are made. */
  health?: { state: string; reason?: string };
}

export const certificates = [1, 2].map(
  (number) => `arn:aws:acm:eu-west-1:111122223333:certificate/00000000-0000-4000-8000-00000000000${number}`,
);
const [certificate = '', second = ''] = certificates;
const udp = (number: number, nodePort: number) => port(number, nodePort, { name: `u${number}`, protocol: 'UDP' });
const quic = { 'quic-enabled-ports': '443' };
const both = { 'enable-tcp-udp-listener': 'true' };
const ipv6 = { ipFamilyPolicy: 'SingleStack', ipFamilies: ['IPv6'] };
const dualStack = { 'ip-address-type': 'dualstack' };
const initial = { state: 'initial', reason: 'Elb.InitialHealthChecking' };
const unhealthy = { state: 'unhealthy', reason: 'Target.FailedHealthChecks' };

const shapes: RecordedService[] = [
  { name: 'plain', shape: {} },
  { name: 'plain-ip', shape: ip },
  { name: 'local', shape: { externalTrafficPolicy: 'Local' } },
  { name: 'http', shape: { ...ip, healthCheck: { protocol: 'http', path: '/ready', port: '8080' } } },
  {
    name: 'time-out-and-codes',
    shape: { ...ip, healthCheck: { protocol: 'http', timeout: '4', 'success-codes': '204', path: '/' } },
  },
  { name: 'time-out-of-tcp', shape: { healthCheck: { interval: '20', timeout: '5' } } },
  { name: 'thresholds', shape: { healthCheck: { 'healthy-threshold': '5', 'unhealthy-threshold': '4' } } },
  { name: 'ranges', shape: { loadBalancerSourceRanges: ['192.0.2.0/24'] } },
  { name: 'ranges-ip', shape: { ...ip, loadBalancerSourceRanges: ['192.0.2.0/24'] } },
  { name: 'proxy-protocol', shape: annotated({ 'proxy-protocol': '*' }) },
  { name: 'proxy-protocol-one', shape: annotated({ 'proxy-protocol-per-target-group': '80' }) },
  {
    name: 'attributes',
    shape: { ...ip, ...annotated({ 'target-group-attributes': 'preserve_client_ip.enabled=true' }) },
  },
  {
    name: 'attributes-of-port',
    shape: annotated({ 'target-group-attributes.80': 'deregistration_delay.timeout_seconds=15' }),
  },
  { name: 'escaped-comma', shape: annotated({ 'additional-resource-tags': 'team=a\\,b' }) },
  { name: 'comma-at-end', shape: annotated({ 'additional-resource-tags': 'team=a,' }) },
  { name: 'udp', shape: { ports: [udp(53, 30153)] } },
  { name: 'udp-ip', shape: { ...ip, ports: [udp(53, 30153)] } },
  { name: 'both-in-turn', shape: { ports: [port(53, 30153), udp(53, 30154)] } },
  { name: 'both-at-once', shape: { ...annotated(both), ports: [port(53, 30153), udp(53, 30154)] } },
  { name: 'without-groups', shape: annotated({ 'disable-nlb-sg': 'true' }) },
  { name: 'interval-with-unit', shape: { healthCheck: { interval: '10s' } } },
  { name: 'interval-of-four', shape: { healthCheck: { interval: '4' } } },
  { name: 'path-without-slash', shape: { ...ip, healthCheck: { protocol: 'http', path: 'ready' } } },

  { name: 'tls', shape: annotated({ 'ssl-cert': certificate }) },
  { name: 'tls-ip', shape: { ...ip, ...annotated({ 'ssl-cert': certificate }) } },
  { name: 'tls-to-targets', shape: { ...ip, ...annotated({ 'ssl-cert': certificate, 'backend-protocol': 'ssl' }) } },
  {
    name: 'tls-of-one-port',
    shape: {
      ...annotated({ 'ssl-cert': certificate, 'ssl-ports': '443' }),
      ports: [port(80, 30180), port(443, 30143)],
    },
  },
  {
    name: 'tls-of-named-port',
    shape: {
      ...annotated({ 'ssl-cert': certificate, 'ssl-ports': 'p443', 'backend-protocol': 'ssl' }),
      ports: [port(80, 30180), port(443, 30143)],
    },
  },
  { name: 'tls-alpn', shape: annotated({ 'ssl-cert': certificate, 'alpn-policy': 'HTTP2Preferred' }) },
  { name: 'tls-alpn-unknown', shape: annotated({ 'ssl-cert': certificate, 'alpn-policy': 'HTTP3' }) },
  { name: 'tls-two-certificates', shape: annotated({ 'ssl-cert': `${certificate},${second}` }) },
  {
    name: 'tls-and-udp',
    shape: { ...annotated({ 'ssl-cert': certificate }), ports: [port(443, 30143), udp(53, 30153)] },
  },
  {
    name: 'tls-https-check',
    shape: {
      ...ip,
      ...annotated({ 'ssl-cert': certificate, 'backend-protocol': 'ssl' }),
      healthCheck: { protocol: 'https', path: '/ready' },
    },
  },

  { name: 'dual-stack', shape: annotated(dualStack) },
  { name: 'dual-stack-ip', shape: { ...ip, ...annotated(dualStack) } },
  {
    name: 'dual-stack-ranges',
    shape: { ...annotated(dualStack), loadBalancerSourceRanges: ['192.0.2.0/24', '2001:db8:9::/48'] },
  },
  { name: 'ipv6', shape: annotated(dualStack), spec: ipv6 },
  { name: 'ipv6-ip', shape: { ...ip, ...annotated(dualStack) }, spec: ipv6 },
  { name: 'ipv6-without-dual-stack', shape: ip, spec: ipv6 },
  {
    name: 'both-families-ip',
    shape: { ...ip, ...annotated(dualStack) },
    spec: { ipFamilyPolicy: 'RequireDualStack', ipFamilies: ['IPv4', 'IPv6'] },
  },
  { name: 'ip-address-type-unknown', shape: annotated({ 'ip-address-type': 'ipv6' }) },

  { name: 'node-label', shape: annotated({ 'target-node-labels': 'pool=a' }) },
  { name: 'node-labels', shape: annotated({ 'target-node-labels': 'pool=b,topology.kubernetes.io/zone=eu-west-1b' }) },
  { name: 'node-label-of-none', shape: annotated({ 'target-node-labels': 'pool=z' }) },
  { name: 'node-label-with-ip', shape: { ...ip, ...annotated({ 'target-node-labels': 'pool=a' }) } },
  { name: 'node-label-not-equal', shape: annotated({ 'target-node-labels': 'pool!=a' }) },
  { name: 'node-label-without-value', shape: annotated({ 'target-node-labels': 'pool' }) },

  { name: 'gates', shape: ip, injected: 'gates' },
  { name: 'gates-initial', shape: ip, injected: 'gates', health: initial },
  { name: 'gates-unhealthy', shape: ip, injected: 'gates', health: unhealthy },
  { name: 'gates-of-two-ports', shape: { ...ip, ports: [port(80, 30180), port(443, 30143)] }, injected: 'gates' },
  { name: 'gates-of-nodes', shape: {}, injected: 'gates' },

  {
    name: 'quic',
    shape: { ...ip, ...annotated(quic), ports: [udp(443, 30143)] },
    since: [3, 0],
    injected: 'server-ids',
  },
  { name: 'quic-without-ids', shape: { ...ip, ...annotated(quic), ports: [udp(443, 30143)] }, since: [3, 0] },
  {
    name: 'quic-and-tcp',
    shape: { ...ip, ...annotated({ ...quic, ...both }), ports: [port(443, 30143), udp(443, 30144)] },
    since: [3, 0],
    injected: 'server-ids',
  },
  { name: 'quic-of-nodes', shape: { ...annotated(quic), ports: [udp(443, 30143)] }, since: [3, 0] },
  { name: 'quic-of-tcp', shape: { ...ip, ...annotated(quic), ports: [port(443, 30143)] }, since: [3, 0] },
];

/** In the order in which they are recorded. */
export const recordedServices: RecordedService[] = shapes.map((each) => ({
  ...each,
  shape: { controller: 'lbc', ...each.shape },
}));
