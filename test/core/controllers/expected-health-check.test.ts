import { expect, test } from 'vitest';
import {
  deviations,
  type ExpectedSetting,
  expectedHealthCheck,
} from '../../../core/controllers/expected-health-check.ts';
import type { Facts } from '../../../core/model/facts.ts';
import type { Controller } from '../../../core/model/owner.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { annotateHealthCheck, changeHealthCheck } from '../../checks/http-check.ts';
import { type SampleOptions, sampleFacts } from '../sample-facts.ts';

interface Options extends SampleOptions {
  controller?: Controller;
  annotations?: Record<string, string>;
  change?(facts: Facts): void;
}

function settingsOf({ controller = 'aws-load-balancer-controller', annotations = {}, change, ...sample }: Options) {
  const facts = sampleFacts(sample);
  for (const owner of facts.owners) owner.controller = controller;
  annotateHealthCheck(facts, annotations);
  change?.(facts);
  const [group] = groupsOf(facts);
  const [service] = facts.slices.services;
  if (group === undefined || service === undefined) throw new Error('no group');
  const settings = expectedHealthCheck(group, service, facts.slices);
  return { settings, different: deviations(settings, group).map(({ name }) => name) };
}

const valuesOf = (settings: ExpectedSetting[]) =>
  Object.fromEntries(settings.map(({ name, expected }) => [name, expected]));

test('without annotations the AWS Load Balancer Controller makes what the sample has', () => {
  for (const sample of [
    {},
    { policy: 'Local' },
    { targetType: 'ip' },
    { targetType: 'ip', policy: 'Local' },
  ] as const) {
    const { settings, different } = settingsOf(sample);
    expect(settings).not.toEqual([]);
    expect(different).toEqual([]);
  }
});

test('under Local the defaults are those of kube-proxy’s health server, whatever the annotations leave out', () => {
  const { settings } = settingsOf({ policy: 'Local', annotations: { path: '/live' } });
  expect(valuesOf(settings)).toEqual({
    protocol: 'HTTP',
    port: '32080',
    path: '/live',
    intervalSeconds: 10,
    timeoutSeconds: 6,
    healthyThreshold: 2,
    unhealthyThreshold: 2,
    successCodes: '200-399',
  });
});

test('cloud-provider-aws checks every 30 seconds, and its time-out cannot be foretold', () => {
  const { settings } = settingsOf({ controller: 'cloud-provider-aws' });
  expect(valuesOf(settings)).toEqual({
    protocol: 'TCP',
    port: 'traffic-port',
    intervalSeconds: 30,
    healthyThreshold: 3,
    unhealthyThreshold: 3,
  });
});

test('of Auto Mode only what annotations ask for is expected', () => {
  const annotations = { protocol: 'http', path: '/ready', interval: '20' };
  const { settings } = settingsOf({ controller: 'eks-auto-mode', annotations });
  expect(settings.map(({ name, supported }) => [name, supported])).toEqual([
    ['protocol', true],
    ['path', true],
    ['intervalSeconds', false],
  ]);
});

test('path and success codes mean nothing to a TCP check', () => {
  const { settings } = settingsOf({ annotations: { path: '/ready', 'success-codes': '204' } });
  expect(settings.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['path', 'successCodes']));
});

test.each([
  ['instance', '31080'],
  ['ip', '8080'],
] as const)('the name of a Service port means, behind %s targets, %s', (targetType, port) => {
  const { settings } = settingsOf({
    targetType,
    annotations: { port: 'web' },
    change: ({ slices }) => {
      for (const { spec } of slices.services) for (const each of spec.ports) each.name = 'web';
    },
  });
  expect(valuesOf(settings)).toMatchObject({ port });
});

test('a value that cannot be applied is expected of nobody', () => {
  const { settings } = settingsOf({ annotations: { interval: '10s', timeout: '9' } });
  expect(settings.map(({ name }) => name)).not.toContain('intervalSeconds');
  expect(valuesOf(settings)).toMatchObject({ timeoutSeconds: 9 });
});

test('cloud-provider-aws sends an unhealthy threshold only together with a new healthy one', () => {
  const threshold = (annotations: Record<string, string>) =>
    settingsOf({ controller: 'cloud-provider-aws', annotations }).settings.find(
      ({ name }) => name === 'unhealthyThreshold',
    );
  expect(threshold({ 'unhealthy-threshold': '5' })).toMatchObject({ expected: 5, supported: false });
  expect(threshold({ 'unhealthy-threshold': '5', 'healthy-threshold': '5' })).toMatchObject({
    expected: 5,
    supported: true,
  });
});

test('an unhealthy threshold that was set by hand stays under cloud-provider-aws, and comes back under the other', () => {
  const change = (facts: Facts) => changeHealthCheck(facts, { unhealthyThreshold: 9 });
  const supported = (controller: Controller) =>
    settingsOf({ controller, change }).settings.find(({ name }) => name === 'unhealthyThreshold')?.supported;
  expect(supported('cloud-provider-aws')).toBe(false);
  expect(supported('aws-load-balancer-controller')).toBe(true);
});

test('the traffic port and its number come to the same', () => {
  const change = (facts: Facts) => changeHealthCheck(facts, { port: '31080' });
  expect(settingsOf({ change }).different).toEqual([]);
  expect(settingsOf({ annotations: { port: '31080' } }).different).toEqual([]);
  expect(settingsOf({ annotations: { port: '31081' } }).different).toEqual(['port']);
});

test.each<[string, Options]>([
  ['nobody owns the target group', { controller: 'none' }],
  ['the Gateway API decides', { controller: 'aws-load-balancer-controller-gateway' }],
  [
    'the target group was made by hand',
    {
      change: ({ owners }) => {
        for (const owner of owners) owner.by = 'target-group-binding';
      },
    },
  ],
  [
    'cloud-provider-aws asks kube-proxy for all Services',
    {
      controller: 'cloud-provider-aws',
      change: (facts) => changeHealthCheck(facts, { protocol: 'HTTP', port: '10256', path: '/healthz' }),
    },
  ],
])('nothing is expected where %s', (_, options) => {
  expect(settingsOf(options).settings).toEqual([]);
});

test('a binding that the controller wrote for a Service does not make the target group a hand-made one', () => {
  const { settings } = settingsOf({
    change: ({ owners, slices }) => {
      for (const owner of owners) owner.by = 'target-group-binding';
      for (const { tags } of slices.targetGroups) tags['service.k8s.aws/stack'] = 'shop/web';
    },
  });
  expect(settings).not.toEqual([]);
});
