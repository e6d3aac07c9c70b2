import { expect, test } from 'vitest';
import { usedFrom } from '../../../core/kubernetes/topology.ts';
import type { Endpoint } from '../../../core/model/kubernetes.ts';
import { metadata } from '../sample-facts.ts';

const node = { metadata: { ...metadata('one'), labels: { 'topology.kubernetes.io/zone': 'a' } } };
const endpoint = (address: string, hints?: Endpoint['hints']): Endpoint => ({
  addresses: [address],
  conditions: {},
  ...(hints && { hints }),
});
const used = (...endpoints: Endpoint[]) => usedFrom(node, endpoints).flatMap(({ addresses }) => addresses);

test.each([
  ['all without hints', [endpoint('1'), endpoint('2')], ['1', '2']],
  ['those of its zone', [endpoint('1', { zones: ['a'] }), endpoint('2', { zones: ['b'] })], ['1']],
  ['all where one has no hint', [endpoint('1', { zones: ['a'] }), endpoint('2')], ['1', '2']],
  ['all where none is for its zone', [endpoint('1', { zones: ['b'] }), endpoint('2', { zones: ['c'] })], ['1', '2']],
  [
    'those of the node before those of the zone',
    [endpoint('1', { zones: ['a'], nodes: ['one'] }), endpoint('2', { zones: ['a'], nodes: ['two'] })],
    ['1'],
  ],
  [
    'those of the zone where none is for the node',
    [endpoint('1', { zones: ['a'], nodes: ['two'] }), endpoint('2', { zones: ['b'], nodes: ['three'] })],
    ['1'],
  ],
])('a proxy uses %s', (_, endpoints, expected) => {
  expect(used(...endpoints)).toEqual(expected);
});
