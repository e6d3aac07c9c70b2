import { expect, test } from 'vitest';
import { demoExpectations, demoLater, demoWorld } from '../../../lab/demo.ts';
import { largeWorld } from '../../../lab/world/large.ts';
import { targetStatesOf } from './target-states.ts';

test('the demo has four healthy Services, eight faults and two expected states', () => {
  const count = (verdict: string) => demoExpectations.filter((expectation) => expectation.verdict === verdict).length;
  expect(count('healthy')).toBe(4);
  expect(count('unhealthy')).toBe(8);
  expect(count('expected')).toBe(2);
  expect(new Set(demoExpectations.map(({ cluster }) => cluster))).toEqual(new Set(['shop', 'payments']));
});

test('every Service of the demo has the targets that it claims', () => {
  const world = demoWorld();
  const seen = demoExpectations.map((expectation) => targetStatesOf(world, expectation));
  expect(seen).toEqual(demoExpectations.map(({ targets }) => targets));
});

test('later two faults are mended, one is new, and the rest is as it was', () => {
  const before = demoWorld();
  const copy = structuredClone(before);
  const later = demoLater(before);
  expect(before).toEqual(copy);
  const changed = demoExpectations
    .map((where) => ({
      service: where.service,
      earlier: targetStatesOf(before, where),
      afterwards: targetStatesOf(later, where),
    }))
    .filter(({ earlier, afterwards }) => JSON.stringify(earlier) !== JSON.stringify(afterwards));
  expect(changed).toEqual([
    { service: 'checkout', earlier: { unhealthy: 3 }, afterwards: { healthy: 3 } },
    { service: 'basket', earlier: { unhealthy: 3 }, afterwards: { healthy: 3 } },
    { service: 'journal', earlier: { healthy: 3 }, afterwards: { unhealthy: 3 } },
    { service: 'vault', earlier: { healthy: 2, initial: 1 }, afterwards: { healthy: 3 } },
  ]);
});

test('a large world has as many Services and targets as asked for, a tenth of them broken', () => {
  const world = largeWorld({ services: 50, targets: 500 });
  expect(world.targetGroups).toHaveLength(50);
  expect(world.targetHealth).toHaveLength(500);
  expect(world.targetHealth.filter(({ state }) => state === 'unhealthy')).toHaveLength(50);
  expect(world.targetHealth.filter(({ state }) => state === 'healthy')).toHaveLength(450);
});
