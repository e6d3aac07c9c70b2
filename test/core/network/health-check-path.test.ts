import { describe, expect, test } from 'vitest';
import type { Facts } from '../../../core/model/facts.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { arrivalsAt, pathsTo } from '../../../core/network/health-check-path.ts';
import { interfaceAt } from '../../../core/network/interfaces.ts';
import { fail, sampleFacts, target } from '../sample-facts.ts';
import { openFacts } from './open-path.ts';

const first = (facts: Facts) => {
  const [group] = groupsOf(facts);
  const [only] = group?.targets ?? [];
  if (group === undefined || only === undefined) throw new Error('the facts have no target');
  return { group, target: only };
};

test('follows the check from each zone through four gates', () => {
  const facts = openFacts();
  const { group, target: one } = first(facts);
  const ways = pathsTo(one, group, facts.slices);
  expect(ways.map(({ node, decision }) => [node.zone, decision])).toEqual([
    ['eu-west-1a', 'allow'],
    ['eu-west-1b', 'allow'],
    ['eu-west-1c', 'allow'],
  ]);
  expect(ways[0]?.hops.map(({ kind }) => kind)).toEqual(['route', 'egress', 'network ACL', 'ingress']);
});

test('does not know the way to a target whose security groups were not read', () => {
  const facts = openFacts();
  facts.slices.securityGroups = facts.slices.securityGroups.filter(({ name }) => name !== 'nodes');
  const { group, target: one } = first(facts);
  expect(arrivalsAt(one, group, facts.slices)).toEqual([]);
  expect(new Set(pathsTo(one, group, facts.slices).map(({ decision }) => decision))).toEqual(new Set(['unknown']));
});

test('an IPv6 target is checked from the IPv6 addresses of the load balancer', () => {
  const facts = sampleFacts({ targetType: 'ip' });
  for (const group of facts.slices.targetGroups) group.ipAddressType = 'ipv6';
  facts.slices.networkInterfaces.forEach((each, index) => {
    each.ipv6Addresses = [`2001:db8::${index + 1}`];
  });
  facts.slices.targetHealth = [target({ id: '2001:db8::1' })];
  fail(facts.slices.targetHealth);
  const { group, target: one } = first(facts);
  const sources = arrivalsAt(one, group, facts.slices).map(({ source }) => source);
  expect(sources).toEqual(['2001:db8::2', '2001:db8::4', '2001:db8::6']);
});

describe('the interface of an address', () => {
  const { networkInterfaces } = sampleFacts().slices;
  const delegated = networkInterfaces.map((each, index) =>
    index === 2 ? { ...each, prefixes: ['10.0.1.64/28', '2001:db8:0:1:a::/80'] } : each,
  );

  test.each([
    ['10.0.0.10', 'eni-0aaaaaaaaaaaaaa00'],
    ['10.0.1.70', 'eni-0aaaaaaaaaaaaaa01'],
    ['2001:db8:0:1:a::17', 'eni-0aaaaaaaaaaaaaa01'],
    ['10.0.1.80', undefined],
  ])('%s is on %s', (address, id) => {
    expect(interfaceAt(address, delegated)?.id).toBe(id);
  });
});
