import { expect, test } from 'vitest';
import { areHeld, fieldsOf, heldFields } from '../../../../core/kubernetes/managers/held-fields.ts';

const annotation = 'service.beta.kubernetes.io/aws-load-balancer-healthcheck-path';

test('what a manager holds is kept as deep as fixes change it, and nothing of the status', () => {
  const held = heldFields({
    'f:metadata': { 'f:annotations': { '.': {}, [`f:${annotation}`]: {} }, 'f:finalizers': { 'v:"a"': {} } },
    'f:spec': {
      'f:selector': {},
      'f:ports': { '.': {}, 'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:nodePort': {}, 'f:port': {} } },
      'f:template': {
        'f:spec': {
          'f:containers': {
            'k:{"name":"app"}': {
              '.': {},
              'f:livenessProbe': { 'f:httpGet': { 'f:port': {} } },
              'f:env': { '.': {}, 'k:{"name":"MODE"}': { '.': {}, 'f:name': {}, 'f:value': {} } },
            },
          },
          'f:nodeSelector': { 'f:pool': {} },
        },
      },
    },
    'f:status': { 'f:loadBalancer': { 'f:ingress': {} } },
  });
  expect(held).toEqual(
    [
      `metadata>annotations>${annotation}`,
      'spec>selector',
      'spec>ports>80>nodePort',
      'spec>ports>80>port',
      'spec>template>spec>containers>app>livenessProbe',
      'spec>template>spec>containers>app>env>MODE',
      'spec>template>spec>nodeSelector',
    ].toSorted(),
  );
});

test.each([[undefined], [null], ['text'], [[]], [{ 'f:spec': 'text' }], [{ 'k:{': { 'f:a': {} } }]])(
  'fields that are no tree hold nothing: %j',
  (fields) => {
    expect(heldFields(fields)?.filter((path) => path.includes('>'))).toEqual([]);
  },
);

test('an object with more fields than are kept is not known by its fields', () => {
  const annotations = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`f:a${index}`, {}]));
  expect(heldFields({ 'f:metadata': { 'f:annotations': annotations } })).toBeUndefined();
});

const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' } };

test.each([
  [
    { ...service, metadata: { ...service.metadata, annotations: { [annotation]: null } } },
    [`metadata>annotations>${annotation}`],
  ],
  [{ ...service, spec: { ports: [{ name: 'http', port: 80, nodePort: 30080 }] } }, ['spec>ports>80>nodePort']],
  [{ ...service, spec: { selector: { app: 'web' } } }, ['spec>selector>app']],
  [{ ...service, spec: { loadBalancerSourceRanges: ['10.0.0.0/8'] } }, ['spec>loadBalancerSourceRanges']],
  [
    {
      kind: 'DaemonSet',
      spec: { template: { spec: { containers: [{ name: 'aws-node', env: [{ name: 'A', value: 'true' }] }] } } },
    },
    ['spec>template>spec>containers>aws-node>env>A'],
  ],
])('a part of a manifest is about its fields, not about the identity of its object: %j', (manifest, fields) => {
  expect(fieldsOf(manifest)).toEqual(fields);
});

test.each([
  ['spec>selector>app', 'spec>selector', true],
  ['spec>template', 'spec>template>spec>containers>app>image', true],
  ['spec>ports>80>nodePort', 'spec>ports>80>nodePort', true],
  ['spec>ports>80>nodePort', 'spec>ports>8080>nodePort', false],
  ['metadata>annotations>a', 'metadata>annotations>ab', false],
])('%s against %s, which is held: %s', (field, held, expected) => {
  expect(areHeld([field], [held])).toBe(expected);
});
