import { expect, test } from 'vitest';
import { settle } from '../../../lab/settle.ts';
import { objectsOf } from '../../../lab/world/object.ts';
import { healthCheckAnnotations } from '../../../lab/world/service.ts';
import type { Behaviour } from '../../../lab/world/world.ts';
import { cluster, healthCheckNodePort, oneService, service, states } from './one-service.ts';

const liveHealthCheck = (world: ReturnType<typeof oneService>) => world.targetGroups[0]?.healthCheck;

test('the AWS Load Balancer Controller asks for TCP on the traffic port every 10 seconds', () => {
  expect(liveHealthCheck(oneService())).toEqual({
    protocol: 'TCP',
    port: 'traffic-port',
    intervalSeconds: 10,
    timeoutSeconds: 10,
    healthyThreshold: 3,
    unhealthyThreshold: 3,
  });
});

test.each(['lbc', 'ccm'] as const)(
  '%s asks kube-proxy for the health of instance targets under Local',
  (controller) => {
    const world = oneService({ controller, externalTrafficPolicy: 'Local' });
    expect(liveHealthCheck(world)).toEqual({
      protocol: 'HTTP',
      port: String(healthCheckNodePort(world)),
      path: '/healthz',
      intervalSeconds: 10,
      timeoutSeconds: 6,
      healthyThreshold: 2,
      unhealthyThreshold: 2,
      successCodes: '200-399',
    });
  },
);

test('with ip targets externalTrafficPolicy does not matter', () => {
  const world = oneService({ targetType: 'ip', externalTrafficPolicy: 'Local' });
  expect(liveHealthCheck(world)).toMatchObject({ protocol: 'TCP', port: 'traffic-port' });
});

test('cloud-provider-aws checks every 30 seconds, and sends neither time-out nor success codes', () => {
  const world = oneService({
    controller: 'ccm',
    healthCheck: { protocol: 'http', timeout: '2', 'success-codes': '204' },
  });
  expect(liveHealthCheck(world)).toMatchObject({
    protocol: 'HTTP',
    path: '/',
    intervalSeconds: 30,
    timeoutSeconds: 6,
    successCodes: '200-399',
  });
});

test('the name of a Service port as health-check port means its NodePort or its target port', () => {
  const instance = oneService({ healthCheck: { port: 'http' } });
  expect(liveHealthCheck(instance)?.port).toBe(String(service(instance).spec.ports[0].nodePort));
  expect(liveHealthCheck(oneService({ targetType: 'ip', healthCheck: { port: 'http' } }))?.port).toBe('8080');
});

test.each([
  ['lbc', { interval: '10s' }, 'FailedBuildModel'],
  ['lbc', { protocol: 'grpc' }, 'FailedBuildModel'],
  ['lbc', { port: 'metrics' }, 'FailedBuildModel'],
  ['lbc', { interval: '400' }, 'FailedDeployModel'],
  ['lbc', { interval: '5', timeout: '6' }, 'FailedDeployModel'],
  ['lbc', { protocol: 'http', 'success-codes': '100-200' }, 'FailedDeployModel'],
  ['ccm', { 'healthy-threshold': 'two' }, 'SyncLoadBalancerFailed'],
  ['ccm', { 'healthy-threshold': '11' }, 'SyncLoadBalancerFailed'],
] as const)('%s with %o keeps the settings that it had, and says %s', (controller, annotations, reason) => {
  const world = oneService({ controller, healthCheck: { path: '/old' } });
  const before = liveHealthCheck(world);
  Object.assign(service(world).metadata.annotations, healthCheckAnnotations({ ...annotations, path: '/new' }));
  const after = settle(world);
  expect(before).toBeDefined();
  expect(liveHealthCheck(after)).toEqual(before);
  const warnings = objectsOf(cluster(after), 'Event').filter(({ type }) => type === 'Warning');
  expect(warnings.map((event) => event['reason'])).toEqual([reason]);
  expect(warnings[0]?.involvedObject).toMatchObject({ kind: 'Service', namespace: 'shop', name: 'web' });
});

test('a Service that was never understood gets no load balancer', () => {
  const world = oneService({ healthCheck: { interval: 'often' } });
  expect(world.loadBalancers).toEqual([]);
  expect(service(world).status.loadBalancer).toEqual({});
});

const http = (more: Partial<Extract<Behaviour, { kind: 'http' }>> = {}): Behaviour => ({
  kind: 'http',
  paths: { '*': 200 },
  ...more,
});

test.each<[string, Behaviour, Record<string, string>, 'healthy' | 'unhealthy']>([
  ['TCP takes any handshake', { kind: 'banner', text: 'SSH-2.0' }, {}, 'healthy'],
  ['TCP takes a server that resets later', { kind: 'reset' }, {}, 'healthy'],
  ['HTTP wants HTTP', { kind: 'banner', text: 'SSH-2.0' }, { protocol: 'http' }, 'unhealthy'],
  ['HTTP fails on a TLS port', http({ tls: {} }), { protocol: 'http' }, 'unhealthy'],
  ['HTTPS fails on a plain port', http(), { protocol: 'https' }, 'unhealthy'],
  ['HTTPS takes TLS 1.2', http({ tls: { maxVersion: 'TLSv1.2' } }), { protocol: 'https' }, 'healthy'],
  ['HTTPS fails on TLS 1.3 only', http({ tls: { minVersion: 'TLSv1.3' } }), { protocol: 'https' }, 'unhealthy'],
  ['HTTPS has no client certificate', http({ tls: { clientCertificate: true } }), { protocol: 'https' }, 'unhealthy'],
  ['an answer in time', http({ delayMs: 1900 }), { protocol: 'http', timeout: '2' }, 'healthy'],
  ['an answer too late', http({ delayMs: 2000 }), { protocol: 'http', timeout: '2' }, 'unhealthy'],
  ['a redirect is a success', http({ paths: { '*': 302 } }), { protocol: 'http' }, 'healthy'],
  ['401 is none by default', http({ paths: { '*': 401 } }), { protocol: 'http' }, 'unhealthy'],
  ['401 may be one', http({ paths: { '*': 401 } }), { protocol: 'http', 'success-codes': '200,401' }, 'healthy'],
  ['a host list never holds the load balancer', http({ allowedHosts: ['web'] }), { protocol: 'http' }, 'unhealthy'],
  ['a required PROXY header is missing', http({ proxyProtocol: 'required' }), { protocol: 'http' }, 'unhealthy'],
  ['stumbles between checks', http({ failEvery: 3 }), { protocol: 'http' }, 'healthy'],
  [
    'stumbles that tight thresholds notice',
    http({ failEvery: 3 }),
    { protocol: 'http', interval: '5', timeout: '2', 'unhealthy-threshold': '2' },
    'unhealthy',
  ],
])('%s', (_name, behaviour, healthCheck, state) => {
  const world = oneService({ targetType: 'ip', healthCheck }, { behaviour, readinessProbe: null });
  expect(states(world)).toEqual([state, state, state]);
});

test('with Proxy Protocol v2 on, kube-proxy answers 400 to health checks', () => {
  const annotations = {
    'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes': 'proxy_protocol_v2.enabled=true',
  };
  const local = oneService({ externalTrafficPolicy: 'Local', annotations });
  expect(states(local)).toEqual(['unhealthy', 'unhealthy', 'unhealthy']);
});
