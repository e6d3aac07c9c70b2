import { describe, expect, test } from 'vitest';
import { assess } from '../../../core/diagnosis/assess.ts';
import { ownerQueries } from '../../../core/diagnosis/fix/owner/owner-query.ts';
import { worthReading } from '../../../core/diagnosis/measured/worth-reading.ts';
import type { Facts } from '../../../core/model/facts.ts';
import type { Slices } from '../../../core/model/slices.ts';
import { type StandInAccount, standInAccount } from '../../../scripts/bench/stand-in/account.ts';
import type { Shape } from '../../../scripts/bench/stand-in/shape.ts';

const shape: Shape = {
  clusters: 2,
  clustersPerVpc: 16,
  nodesPerCluster: 6,
  servicesPerCluster: 24,
  podsPerService: 4,
  faultEvery: 4,
};

const takenAt = '2026-11-20T12:00:00Z';
const run = { id: 'run', startedAt: takenAt, finishedAt: takenAt, apiCalls: {}, throttles: 0, waitedMs: 0 };

/** Twice the work, and what it is twice of. */
const twice: { what: string; of: Partial<Shape> }[] = [
  { what: 'clusters of one VPC', of: { clusters: shape.clusters * 2 } },
  { what: 'Services of one cluster', of: { servicesPerCluster: shape.servicesPerCluster * 2 } },
  { what: 'nodes behind each Service', of: { nodesPerCluster: shape.nodesPerCluster * 2 } },
  { what: 'pods behind each Service', of: { podsPerService: shape.podsPerService * 2 } },
];

/** What judges Facts in a run; each returns how many it has an answer for. */
const judges = {
  'a diagnosis': ({ inventory, facts }: StandInAccount) =>
    new Set(assess({ run, inventory, facts }).report.groups.map(({ cluster }) => cluster)).size,
  'what is worth reading of the past': ({ facts }: StandInAccount) =>
    worthReading(facts).filter(({ worth }) => worth.wrong.size > 0).length,
  'who owns what fixes change': ({ facts }: StandInAccount) => ownerQueries(facts).length,
};
type Judge = (account: StandInAccount) => number;

describe.each(Object.entries(judges))('%s', (_, judge) => {
  test.each(twice)('visits at most 2.3 times as many elements of twice as many $what', ({ of }) => {
    const once = visitsOf(judge, shape);
    expect(once).toBeGreaterThan(1000);
    expect(visitsOf(judge, { ...shape, ...of }) / once).toBeLessThanOrEqual(2.3);
  });
});

test('what is worth reading of the past visits hardly more elements than the diagnosis that it rests on', () => {
  const broken = { ...shape, nodesPerCluster: 12, servicesPerCluster: 48, faultEvery: 1 };
  const once = visitsOf(judges['a diagnosis'], broken);
  expect(visitsOf(judges['what is worth reading of the past'], broken) / once).toBeLessThanOrEqual(1.1);
});

/** How often a field of an element of any slice is read: whoever scans a slice reads every element of it. */
function visitsOf(judge: Judge, sized: Shape): number {
  const { inventory, facts } = standInAccount(sized);
  const counter = { visits: 0 };
  const watchers = new Map<object, object>();
  expect(judge({ inventory, facts: facts.map((each) => watched(each, counter, watchers)) })).toBe(sized.clusters);
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
