import type { Case } from '../cases.ts';
import type { Shape } from '../mirror.ts';
import { annotated, ip, port } from '../shape-parts.ts';

const touched = { annotations: { touched: 'yes' } };

const shapes: Case[] = [
  { name: 'defaults', shape: {} },
  { name: 'defaults-ip', shape: ip },
  { name: 'http-check', shape: { healthCheck: { protocol: 'http', path: '/ready' } } },
  { name: 'http-check-ip', shape: { ...ip, healthCheck: { protocol: 'HTTP', path: '/ready', port: '8080' } } },
  { name: 'https-check', shape: { ...ip, healthCheck: { protocol: 'https' } } },
  { name: 'thresholds', shape: { healthCheck: { 'healthy-threshold': '5', 'unhealthy-threshold': '4' } } },
  { name: 'interval-and-time-out', shape: { ...ip, healthCheck: { interval: '20', timeout: '5' } } },
  {
    name: 'codes',
    shape: { ...ip, healthCheck: { protocol: 'http', 'success-codes': '200-299,404', path: '/' } },
  },
  { name: 'tcp-with-path', shape: { ...ip, healthCheck: { path: '/ready', 'success-codes': '204' } } },
  { name: 'port-by-name', shape: { healthCheck: { port: 'p80' } } },
  { name: 'port-by-name-ip', shape: { ...ip, healthCheck: { port: 'p80' } } },
  { name: 'fixed-port', shape: { ...ip, healthCheck: { port: '9999' } } },
  { name: 'local', shape: { externalTrafficPolicy: 'Local' } },
  { name: 'local-ip', shape: { ...ip, externalTrafficPolicy: 'Local' } },
  {
    name: 'local-with-tcp',
    shape: { externalTrafficPolicy: 'Local', healthCheck: { protocol: 'tcp' } },
    causes: ['hc-tcp-override-under-local'],
  },
  { name: 'proxy-protocol', shape: annotated({ 'proxy-protocol': '*' }) },
  {
    name: 'attributes',
    shape: {
      ...ip,
      ...annotated({
        'target-group-attributes': 'preserve_client_ip.enabled=true,deregistration_delay.timeout_seconds=15',
      }),
    },
  },
  { name: 'source-ranges', shape: { loadBalancerSourceRanges: ['192.0.2.0/24', '198.51.100.0/24'] } },
  { name: 'two-ports', shape: { ports: [port(80, 30180), port(443, 30143)] } },
  { name: 'udp', shape: { ports: [port(53, 30153, { protocol: 'UDP' })] } },
  {
    name: 'tcp-and-udp',
    shape: {
      ...annotated({ 'enable-tcp-udp-listener': 'true' }),
      ports: [port(53, 30153), port(53, 30154, { name: 'u53', protocol: 'UDP' })],
    },
  },
  { name: 'tags', shape: annotated({ 'additional-resource-tags': 'team=x,cost=y' }) },
  { name: 'without-security-groups', shape: annotated({ 'disable-nlb-sg': 'true' }) },
  { name: 'node-labels', shape: annotated({ 'target-node-labels': 'topology.kubernetes.io/zone=eu-west-1a' }) },
  { name: 'internet-facing', shape: annotated({ scheme: 'internet-facing' }) },

  { name: 'interval-with-unit', shape: { healthCheck: { interval: '10s' } } },
  { name: 'threshold-of-one', shape: { healthCheck: { 'healthy-threshold': '1' } } },
  { name: 'grpc-check', shape: { healthCheck: { protocol: 'grpc' } } },
  { name: 'path-without-slash', shape: { ...ip, healthCheck: { protocol: 'http', path: 'ready' } } },
  { name: 'port-of-no-name', shape: { healthCheck: { port: 'nowhere' } } },
  { name: 'time-out-over-interval', shape: { ...ip, healthCheck: { interval: '5' } } },
  { name: 'target-type', shape: annotated({ 'nlb-target-type': 'pod' }) },
  { name: 'subnets', shape: annotated({ subnets: 'no-such-subnet' }) },
  { name: 'other-class', shape: { loadBalancerClass: 'example.com/other' }, ignored: true },

  {
    name: 'path-changes',
    shape: { ...ip, healthCheck: { protocol: 'http', path: '/' } },
    steps: [{ change: { ...ip, healthCheck: { protocol: 'http', path: '/ready' } } }],
  },
  { name: 'protocol-changes', shape: {}, steps: [{ change: { healthCheck: { protocol: 'http' } } }] },
  { name: 'interval-changes', shape: {}, steps: [{ change: { healthCheck: { interval: '15' } } }] },
  { name: 'type-changes', shape: {}, steps: [{ change: ip }] },
  { name: 'becomes-local', shape: {}, steps: [{ change: { externalTrafficPolicy: 'Local' } }] },
  {
    name: 'port-removed',
    shape: { ports: [port(80, 30180), port(443, 30143)] },
    steps: [{ change: { ports: [port(80, 30180)] } }],
  },
  {
    name: 'port-added',
    shape: {},
    steps: [{ change: { ports: [port(80, 30180), port(443, 30143)] } }],
  },
  {
    name: 'ranges-change',
    shape: { loadBalancerSourceRanges: ['192.0.2.0/24'] },
    steps: [{ change: { loadBalancerSourceRanges: ['198.51.100.0/24'] } }],
  },
  {
    name: 'becomes-unparsable',
    shape: {},
    steps: [{ change: { healthCheck: { interval: '10s' } } }],
    causes: ['hc-annotation-invalid'],
    drifts: true,
  },
  {
    name: 'node-excluded',
    shape: {},
    steps: [{ labelNode: 'node.kubernetes.io/exclude-from-external-load-balancers' }],
  },
  { name: 'threshold-by-hand', shape: {}, steps: [{ setByHand: { unhealthyThreshold: 9 } }, { change: touched }] },
  { name: 'rules-revoked', shape: {}, steps: [{ revokeRules: true }, { change: touched }] },
  {
    name: 'rules-revoked-and-forgotten',
    shape: {},
    steps: [{ revokeRules: true }, { change: touched }, { forgetCheckpoint: true }],
  },
  { name: 'target-deregistered', shape: {}, steps: [{ deregister: true }, { change: touched }] },
  {
    name: 'target-deregistered-and-forgotten',
    shape: {},
    steps: [{ deregister: true }, { change: touched }, { forgetCheckpoint: true }],
  },
  { name: 'deleted', shape: {}, steps: [{ delete: true }] },
];

const ofController = (shape: Shape): Shape => ({ controller: 'lbc', ...shape });

/** Services of the AWS Load Balancer Controller, for nodes unless `ip` is said. */
export const cases: Case[] = shapes.map(({ steps = [], ...each }) => ({
  ...each,
  shape: ofController(each.shape),
  steps: steps.map((step) => ('change' in step ? { change: ofController(step.change) } : step)),
}));
