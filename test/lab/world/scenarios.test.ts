import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { applies } from '../../../lab/applies.ts';
import { nameOfScenario, withVariants } from '../../../lab/scenario.ts';
import { scenarios } from '../../../lab/scenarios.ts';
import { settle } from '../../../lab/settle.ts';
import { clusterOf } from '../../../lab/world/cluster.ts';
import { objectsOf } from '../../../lab/world/object.ts';
import type { World } from '../../../lab/world/world.ts';
import { targetStatesOf } from './target-states.ts';

const all = withVariants(scenarios).map((scenario) => ({ name: nameOfScenario(scenario), ...scenario }));

test('the list holds every file of the folder, in order', () => {
  const files = readdirSync(new URL('../../../lab/scenarios/', import.meta.url));
  expect(scenarios.map(({ id }) => `${id}.ts`)).toEqual(files.toSorted());
});

test.each(all.filter(({ variant }) => variant !== undefined))('$name can be met as the catalogue says', (scenario) => {
  expect(applies(scenario.id, scenario.place)).toBe(true);
});

/** Worlds that were built already. */
const worlds = new Map<string, World>();

function worldOf({ name, build }: (typeof all)[number]): World {
  const world = worlds.get(name) ?? build();
  worlds.set(name, world);
  return world;
}

test.each(all)('$name has the targets that it claims, and its bystanders are healthy', (scenario) => {
  const world = worldOf(scenario);
  const { expect: truth } = scenario;
  expect(targetStatesOf(world, truth)).toEqual(truth.targets);
  for (const [namespace, service] of [
    ['web', 'storefront'],
    ['catalog', 'search'],
  ] as const) {
    expect(targetStatesOf(world, { cluster: 'shop', namespace, service })).toEqual({ healthy: 3 });
  }
});

test.each(all)('$name is the same each time, and stays as it is', (scenario) => {
  const world = worldOf(scenario);
  expect(scenario.build()).toEqual(world);
  expect(settle(world, { reconcile: !scenario.unnoticed })).toEqual(world);
});

test.each(all)('$name can be built for another network and another moment', ({ build, expect: truth }) => {
  const world = build({ network: '127.31', now: '2027-03-01T08:30:00Z' });
  expect(targetStatesOf(world, truth)).toEqual(truth.targets);
  expect(world.sockets.every(({ address }) => address.startsWith('127.31.'))).toBe(true);
  expect(JSON.stringify(world)).not.toContain('2026-11');
});

test.each([
  ['pod-crashloop', 'BackOff', 'Error'],
  ['pod-oomkilled', 'BackOff', 'OOMKilled'],
] as const)('%s shows in the events and in the container states', (id, reason, terminated) => {
  const world = scenarios.find((scenario) => scenario.id === id)?.build();
  if (world === undefined) throw new Error(`no scenario ${id}`);
  const shop = clusterOf(world, 'shop');
  const failing = objectsOf(shop, 'Pod').filter(({ metadata }) => metadata.namespace === 'orders');
  expect(failing).toHaveLength(3);
  for (const pod of failing) {
    expect(pod.status.containerStatuses?.[0]).toMatchObject({
      ready: false,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { reason: terminated } },
    });
    const about = objectsOf(shop, 'Event').filter((event) => event.involvedObject.uid === pod.metadata.uid);
    expect(about.map((event) => event['reason'])).toContain(reason);
  }
});

test('the log of the crash loop holds a secret that must never be shown', () => {
  const world = scenarios.find(({ id }) => id === 'pod-crashloop')?.build();
  const logs = Object.values(world?.clusters[0]?.logs ?? {}).flatMap(({ previous = [] }) => previous);
  expect(logs.filter((line) => line.includes('password='))).toHaveLength(3);
});
