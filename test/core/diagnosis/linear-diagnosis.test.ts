import { expect, test } from 'vitest';
import { assess } from '../../../core/diagnosis/assess.ts';
import type { Facts } from '../../../core/model/facts.ts';
import type { Slices } from '../../../core/model/slices.ts';
import { standInAccount } from '../../../scripts/bench/stand-in/account.ts';
import type { Shape } from '../../../scripts/bench/stand-in/shape.ts';

const shape: Shape = {
  clusters: 2,
  clustersPerVpc: 16,
  nodesPerCluster: 6,
  servicesPerCluster: 24,
  podsPerService: 4,
  faultEvery: 4,
};

/** Twice the work, and what it is twice of. */
const twice: { what: string; of: Partial<Shape> }[] = [
  { what: 'clusters of one VPC', of: { clusters: shape.clusters * 2 } },
  { what: 'Services of one cluster', of: { servicesPerCluster: shape.servicesPerCluster * 2 } },
  { what: 'nodes behind each Service', of: { nodesPerCluster: shape.nodesPerCluster * 2 } },
  { what: 'pods behind each Service', of: { podsPerService: shape.podsPerService * 2 } },
];

test.each(twice)('a diagnosis of twice as many $what visits at most 2.3 times as many elements', ({ of }) => {
  const once = visitsOf(shape);
  expect(once).toBeGreaterThan(10_000);
  expect(visitsOf({ ...shape, ...of }) / once).toBeLessThanOrEqual(2.3);
});

/** How often the diagnosis reads a field of an element of any slice: whoever scans a slice reads every element of it. */
function visitsOf(sized: Shape): number {
  const { inventory, facts } = standInAccount(sized);
  const counter = { visits: 0 };
  const takenAt = inventory.takenAt;
  const run = { id: 'run', startedAt: takenAt, finishedAt: takenAt, apiCalls: {}, throttles: 0, waitedMs: 0 };
  const watchers = new Map<object, object>();
  const { report } = assess({ run, inventory, facts: facts.map((each) => watched(each, counter, watchers)) });
  expect(report.groups).toHaveLength(inventory.targetGroups.length);
  expect(report.diagnoses.length).toBeGreaterThan(0);
  return counter.visits;
}

/** The same facts, whose elements count how often they are read; lists that several Facts share stay shared. */
function watched(facts: Facts, counter: { visits: number }, watchers: Map<object, object>): Facts {
  const handler: ProxyHandler<object> = {
    get(element, field, receiver) {
      counter.visits += 1;
      return Reflect.get(element, field, receiver);
    },
  };
  const watch = (list: object[]): object => {
    const known = watchers.get(list) ?? list.map((element) => new Proxy(element, handler));
    watchers.set(list, known);
    return known;
  };
  const slices = Object.entries(facts.slices).map(([name, list]) => [name, watch(list)]);
  return { ...facts, slices: Object.fromEntries(slices) as Slices };
}
