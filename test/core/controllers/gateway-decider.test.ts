import { describe, expect, test } from 'vitest';
import { expectedHealthCheck } from '../../../core/controllers/expected-health-check.ts';
import { deciderOf } from '../../../core/controllers/gateway/decider.ts';
import { formatDecider } from '../../../core/controllers/gateway/gateway-health-check.ts';
import type { HealthCheck } from '../../../core/model/aws.ts';
import type {
  GatewayConfiguration,
  RouteConfiguration,
  TargetGroupConfiguration,
} from '../../../core/model/custom-resources/gateway-configuration.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { metadata, type SampleOptions, sampleFacts } from '../sample-facts.ts';

const path = (given: string) => ({ healthCheck: { protocol: 'HTTP', path: given } as Partial<HealthCheck> });

const configuration = (
  name: string,
  spec: Partial<TargetGroupConfiguration['spec']>,
  namespace = 'shop',
): TargetGroupConfiguration => ({
  kind: 'TargetGroupConfiguration',
  metadata: metadata(name, namespace),
  spec: { defaults: {}, routes: [], ...spec },
});
const atService = (name: string, spec: Partial<TargetGroupConfiguration['spec']>) =>
  configuration(name, { target: { kind: 'Service', name: 'web' }, ...spec });
const route = (given: string, identifier: Partial<RouteConfiguration>): RouteConfiguration => ({
  kind: 'TCPRoute',
  ...identifier,
  props: path(given),
});

/** The Gateway edge of the namespace infra and its class, each with a default of its own. */
const gateway = (mergingMode?: string): GatewayConfiguration[] => [
  {
    kind: 'Gateway',
    metadata: metadata('edge', 'infra'),
    spec: { className: 'nlb', configuration: { name: 'of-gateway' } },
  },
  {
    kind: 'GatewayClass',
    metadata: metadata('nlb'),
    spec: { configuration: { name: 'of-class', namespace: 'kube-system' } },
  },
  {
    kind: 'LoadBalancerConfiguration',
    metadata: metadata('of-gateway', 'infra'),
    spec: { defaults: { name: 'gateway-defaults' } },
  },
  {
    kind: 'LoadBalancerConfiguration',
    metadata: metadata('of-class', 'kube-system'),
    spec: { defaults: { name: 'class-defaults' }, ...(mergingMode !== undefined && { mergingMode }) },
  },
];
const gatewayDefaults = configuration('gateway-defaults', { defaults: path('/gateway') }, 'infra');
const classDefaults = configuration('class-defaults', { defaults: path('/class') }, 'kube-system');

/** The ip group of the sample, made for TCPRoute apps/web-route of Gateway infra/edge. */
function groupBehind(configurations: GatewayConfiguration[], sample: SampleOptions = { targetType: 'ip' }) {
  const facts = sampleFacts(sample);
  facts.slices.gatewayConfigurations = configurations;
  for (const group of facts.slices.targetGroups)
    group.tags = {
      'gateway.k8s.aws.nlb/stack': 'infra/edge',
      'gateway.k8s.aws.nlb/resource': 'infra/edge:apps-web-route:TCPRoute-shop-web:8080',
    };
  for (const owner of facts.owners) owner.controller = 'aws-load-balancer-controller-gateway';
  for (const { spec } of facts.slices.services) for (const port of spec.ports) port.name = 'http';
  const [group] = groupsOf(facts);
  const [service] = facts.slices.services;
  if (group === undefined || service === undefined) throw new Error('the sample has one of each');
  return { facts, group, service };
}

const deciding = (configurations: GatewayConfiguration[]) => {
  const found = deciderOf(groupBehind(configurations).group, configurations);
  return found && formatDecider(found);
};
const valuesOf = (configurations: GatewayConfiguration[], sample?: SampleOptions) => {
  const { facts, group, service } = groupBehind(configurations, sample);
  return Object.fromEntries(
    expectedHealthCheck(group, service, facts.slices).map(({ name, expected }) => [name, expected]),
  );
};

describe('the block that decides on a health check', () => {
  const all = [
    route('/kind', {}),
    route('/namespace', { namespace: 'apps' }),
    route('/exact', { namespace: 'apps', name: 'web-route' }),
  ];

  test.each<[string, GatewayConfiguration[], string | undefined]>([
    [
      'the very route before its namespace and its kind',
      [atService('checks', { defaults: path('/default'), routes: all })],
      'TargetGroupConfiguration shop/checks, block for TCPRoute apps/web-route',
    ],
    [
      'the namespace before the kind',
      [atService('checks', { defaults: path('/default'), routes: all.slice(0, 2) })],
      'TargetGroupConfiguration shop/checks, block for TCPRoute apps',
    ],
    [
      'the kind before the default',
      [atService('checks', { defaults: path('/default'), routes: all.slice(0, 1) })],
      'TargetGroupConfiguration shop/checks, block for TCPRoute',
    ],
    [
      'the default where blocks are for other routes, namespaces and kinds',
      [
        atService('checks', {
          defaults: path('/default'),
          routes: [
            route('/other', { namespace: 'apps', name: 'web' }),
            route('/other', { namespace: 'web' }),
            route('/other', { kind: 'UDPRoute' }),
          ],
        }),
      ],
      'TargetGroupConfiguration shop/checks',
    ],
    [
      'the default where the best block for the route says nothing of health checks',
      [
        atService('checks', {
          defaults: path('/default'),
          routes: [{ kind: 'TCPRoute', namespace: 'apps', name: 'web-route', props: {} }, ...all.slice(0, 1)],
        }),
      ],
      'TargetGroupConfiguration shop/checks',
    ],
    [
      'the configuration at the Service before those of the Gateway',
      [...gateway(), gatewayDefaults, classDefaults, atService('checks', { defaults: path('/service') })],
      'TargetGroupConfiguration shop/checks',
    ],
    [
      'that of the Gateway where the one at the Service says nothing of health checks',
      [...gateway(), gatewayDefaults, atService('checks', {})],
      'TargetGroupConfiguration infra/gateway-defaults',
    ],
    [
      'that of the class before that of the Gateway',
      [...gateway(), gatewayDefaults, classDefaults],
      'TargetGroupConfiguration kube-system/class-defaults',
    ],
    [
      'that of the Gateway where the class leaves it the choice',
      [...gateway('prefer-gateway'), gatewayDefaults, classDefaults],
      'TargetGroupConfiguration infra/gateway-defaults',
    ],
    [
      'none for a configuration of another Service or of a Service in another namespace',
      [
        configuration('other', { target: { kind: 'Service', name: 'api' }, defaults: path('/x') }),
        configuration('far', { target: { kind: 'Service', name: 'web' }, defaults: path('/x') }, 'apps'),
        configuration('front', { target: { kind: 'Gateway', name: 'web' }, defaults: path('/x') }),
      ],
      undefined,
    ],
    [
      'none for one that has a Service and is named as the default of a Gateway',
      [
        ...gateway(),
        configuration('gateway-defaults', { target: { kind: 'Service', name: 'api' }, defaults: path('/x') }, 'infra'),
      ],
      undefined,
    ],
  ])('%s', (_, configurations, expected) => expect(deciding(configurations)).toBe(expected));
});

test('without any configuration the controller sends its defaults for Gateways', () => {
  expect(valuesOf([])).toEqual({
    protocol: 'TCP',
    port: 'traffic-port',
    intervalSeconds: 15,
    timeoutSeconds: 5,
    healthyThreshold: 3,
    unhealthyThreshold: 3,
  });
  expect(valuesOf([], { policy: 'Local' })).toEqual({
    protocol: 'HTTP',
    port: '32080',
    path: '/healthz',
    successCodes: '200-399',
    intervalSeconds: 10,
    timeoutSeconds: 6,
    healthyThreshold: 2,
    unhealthyThreshold: 2,
  });
});

test('a block replaces another one as a whole: what it leaves out has the default of the controller', () => {
  const slow = configuration(
    'gateway-defaults',
    { defaults: { healthCheck: { intervalSeconds: 60, port: '9440' } } },
    'infra',
  );
  expect(valuesOf([...gateway(), slow])).toMatchObject({ intervalSeconds: 60, port: '9440', protocol: 'TCP' });
  expect(valuesOf([...gateway(), slow, atService('checks', { defaults: path('/ready') })])).toMatchObject({
    protocol: 'HTTP',
    path: '/ready',
    intervalSeconds: 15,
    port: 'traffic-port',
  });
});

test('a port by name is that of the Service, and is not foretold where its target port has a name itself', () => {
  const named = [atService('checks', { defaults: { healthCheck: { port: 'http' } } })];
  expect(valuesOf(named)).toMatchObject({ port: '8080' });
  expect(valuesOf(named, {})).toMatchObject({ port: '31080' });
  const { facts, group, service } = groupBehind(named);
  for (const port of service.spec.ports) port.targetPort = 'web';
  expect(expectedHealthCheck(group, service, facts.slices).map(({ name }) => name)).not.toContain('port');
});

test('nothing is foretold where the configurations could not be read', () => {
  const { group, service } = groupBehind([]);
  expect(expectedHealthCheck(group, service, { workloads: [], gatewayConfigurations: undefined })).toEqual([]);
});
