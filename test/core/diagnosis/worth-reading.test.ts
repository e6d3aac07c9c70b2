import { expect, test } from 'vitest';
import { catalogue } from '../../../core/diagnosis/catalogue.ts';
import { worthReading } from '../../../core/diagnosis/measured/worth-reading.ts';
import { isUnhealthy } from '../../../core/model/target-group-context.ts';
import { standInAccount } from '../../../scripts/bench/stand-in/account.ts';

const { facts } = standInAccount({
  clusters: 1,
  clustersPerVpc: 1,
  nodesPerCluster: 3,
  servicesPerCluster: 4,
  podsPerService: 2,
  faultEvery: 2,
});

test('what checks explain that are switched off is as silent as what none explains', () => {
  const failing = facts.flatMap(({ slices }) => slices.targetHealth.filter(isUnhealthy));
  const off = Object.fromEntries(catalogue.map(({ id }) => [id, 'off' as const]));
  const silent = (grades = {}) => worthReading(facts, grades).flatMap(({ worth }) => worth.silent);
  expect(failing.length).toBeGreaterThan(0);
  expect(silent()).toEqual([]);
  expect(silent(off)).toEqual(failing);
});
