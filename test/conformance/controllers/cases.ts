import type { HealthCheck } from '../../../core/model/aws.ts';
import type { Shape } from './mirror.ts';
import { port, prefix } from './shape-parts.ts';

/** What happens to a Service after it was made. */
export type Step =
  | { change: Shape }
  /** Settings of its target group changed past the controller. */
  | { setByHand: Partial<Pick<HealthCheck, 'intervalSeconds' | 'unhealthyThreshold'>> }
  /** The rules that let its clients in revoked past the controller. */
  | { revokeRules: true }
  /** One target deregistered past the controller. */
  | { deregister: true }
  /** A label put on the first node. */
  | { labelNode: string }
  /** What the AWS Load Balancer Controller has noted as done on its bindings taken away. */
  | { forgetCheckpoint: true }
  | { delete: true };

/** One thing that is done to real and to simulated controllers alike. */
export interface Case {
  name: string;
  shape: Shape;
  steps?: Step[];
  /** Causes that the product has to name in the end, with every target healthy. */
  causes?: string[];
  /** True where the health check is another one in the end than the Service asks for. */
  drifts?: true;
  /** True where the controller does not take the Service at all. */
  ignored?: true;
}

const touched = { annotations: { touched: 'yes' } };

export const cases: Case[] = [
  { name: 'defaults', shape: {} },
  { name: 'thresholds', shape: { healthCheck: { 'healthy-threshold': '5', 'unhealthy-threshold': '4' } } },
  { name: 'http-check', shape: { healthCheck: { protocol: 'http', path: '/x' } } },
  { name: 'https-check', shape: { healthCheck: { protocol: 'HTTPS' } } },
  { name: 'fixed-port', shape: { healthCheck: { port: '9999' } } },
  { name: 'interval', shape: { healthCheck: { interval: '20' } } },
  {
    name: 'time-out-and-codes',
    shape: { healthCheck: { protocol: 'http', timeout: '4', 'success-codes': '204' } },
  },
  { name: 'local', shape: { externalTrafficPolicy: 'Local' } },
  {
    name: 'local-with-tcp',
    shape: { externalTrafficPolicy: 'Local', healthCheck: { protocol: 'tcp' } },
    causes: ['hc-tcp-override-under-local'],
  },
  { name: 'source-ranges', shape: { loadBalancerSourceRanges: ['192.0.2.0/24', '198.51.100.0/24'] } },
  { name: 'two-ports', shape: { ports: [port(80, 30180), port(443, 30143)] } },
  { name: 'udp', shape: { ports: [port(53, 30153, { protocol: 'UDP' })] } },
  {
    name: 'proxy-protocol',
    shape: { annotations: { [`${prefix}target-group-attributes`]: 'proxy_protocol_v2.enabled=true' } },
  },
  { name: 'tags', shape: { annotations: { [`${prefix}additional-resource-tags`]: 'team=x' } } },
  {
    name: 'target-type',
    shape: { annotations: { [`${prefix}nlb-target-type`]: 'ip' } },
    causes: ['wrong-controller-instance-instead-of-ip'],
  },
  { name: 'other-class', shape: { loadBalancerClass: 'example.com/other' }, ignored: true },

  { name: 'grpc-check', shape: { healthCheck: { protocol: 'grpc' } } },
  { name: 'unknown-attribute', shape: { annotations: { [`${prefix}target-group-attributes`]: 'a.b=c' } } },
  { name: 'no-public-subnet', shape: { without: [`${prefix}internal`] } },
  {
    name: 'interval-with-unit',
    shape: {},
    steps: [{ change: { healthCheck: { interval: '10s' } } }],
    causes: ['hc-annotation-invalid'],
    drifts: true,
  },
  {
    name: 'threshold-of-one',
    shape: {},
    steps: [{ change: { healthCheck: { 'healthy-threshold': '1' } } }],
    causes: ['hc-annotation-invalid'],
    drifts: true,
  },
  {
    name: 'type-removed',
    shape: {},
    steps: [{ change: { without: [`${prefix}type`] } }],
    causes: ['controller-build-or-deploy-failed'],
  },

  {
    name: 'path-changes',
    shape: { healthCheck: { protocol: 'http', path: '/x' } },
    steps: [{ change: { healthCheck: { protocol: 'http', path: '/y' } } }],
  },
  {
    name: 'unhealthy-threshold-alone',
    shape: {},
    steps: [{ change: { healthCheck: { 'unhealthy-threshold': '7' } } }],
  },
  {
    name: 'both-thresholds',
    shape: {},
    steps: [{ change: { healthCheck: { 'healthy-threshold': '6', 'unhealthy-threshold': '7' } } }],
  },
  { name: 'interval-changes', shape: {}, steps: [{ change: { healthCheck: { interval: '15' } } }] },
  { name: 'protocol-changes', shape: {}, steps: [{ change: { healthCheck: { protocol: 'http' } } }] },
  {
    name: 'port-removed',
    shape: { ports: [port(80, 30180), port(443, 30143)] },
    steps: [{ change: { ports: [port(80, 30180)] } }],
  },
  { name: 'becomes-local', shape: {}, steps: [{ change: { externalTrafficPolicy: 'Local' } }] },
  {
    name: 'node-excluded',
    shape: {},
    steps: [{ labelNode: 'node.kubernetes.io/exclude-from-external-load-balancers' }],
  },

  { name: 'threshold-by-hand', shape: {}, steps: [{ setByHand: { unhealthyThreshold: 9 } }, { change: touched }] },
  {
    name: 'interval-by-hand',
    shape: {},
    steps: [{ setByHand: { intervalSeconds: 60 } }, { change: touched }],
    causes: ['controller-build-or-deploy-failed'],
    drifts: true,
  },
  { name: 'rules-revoked', shape: {}, steps: [{ revokeRules: true }, { change: touched }] },
  { name: 'target-deregistered', shape: {}, steps: [{ deregister: true }, { change: touched }] },
  { name: 'deleted', shape: {}, steps: [{ delete: true }] },
];
