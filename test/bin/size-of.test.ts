import { expect, test } from 'vitest';
import { sizeOf } from '../../bin/observe-account.ts';

const sized = (clusters: number, targetGroups: number): string =>
  sizeOf({ clusters: Array(clusters), targetGroups: Array(targetGroups) });

test('one of something is not called by its plural', () => {
  expect(sized(1, 1)).toBe('1 cluster, 1 target group');
  expect(sized(0, 3)).toBe('0 clusters, 3 target groups');
});
