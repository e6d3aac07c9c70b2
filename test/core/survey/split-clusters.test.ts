import { expect, test } from 'vitest';
import { splitClusters } from '../../../core/survey/split-clusters.ts';

const names = Array.from({ length: 25 }, (_, index) => `cluster-${index}`);

test('small clusters are ten to a part, in their order, and each is in one part', () => {
  const parts = splitClusters(names, new Map());
  expect(parts.map(({ length }) => length)).toEqual([10, 10, 5]);
  expect(parts.flat()).toEqual(names);
});

test('a part has no more target groups than one function takes', () => {
  const parts = splitClusters(names.slice(0, 5), new Map(names.map((name) => [name, 90])));
  expect(parts.map(({ length }) => length)).toEqual([2, 2, 1]);
});

test('a large cluster is a part by itself', () => {
  const parts = splitClusters(['small', 'large', 'other'], new Map([['large', 1000]]));
  expect(parts).toEqual([['small'], ['large'], ['other']]);
});

test('an account without clusters has no parts', () => {
  expect(splitClusters([], new Map())).toEqual([]);
});
