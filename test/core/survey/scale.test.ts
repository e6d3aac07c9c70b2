import { expect, test } from 'vitest';
import { isDistributed } from '../../../core/survey/scale.ts';
import type { LastReading } from '../../../core/survey/survey-memory.ts';

const reading: LastReading = { at: '2026-11-20T12:00:00Z', healthy: 1, total: 1 };
const memoryOf = (clusters: number, targetGroups: number) => ({
  readings: new Map([
    ...Array.from({ length: clusters }, (_, index) => [`cluster-${index}`, reading] as const),
    ...Array.from(
      { length: targetGroups },
      (_, index) => [`arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/${index}/0`, reading] as const,
    ),
  ]),
});

test.each([
  ['49 clusters and 799 target groups', memoryOf(49, 799), false],
  ['50 clusters', memoryOf(50, 0), true],
  ['800 target groups', memoryOf(1, 800), true],
  ['nothing, before the first run', memoryOf(0, 0), false],
])('`auto` counts what the last survey read: %s', (_, memory, expected) => {
  expect(isDistributed('auto', memory)).toBe(expected);
});

test('what was chosen is done at any size', () => {
  expect(isDistributed('function', memoryOf(500, 5000))).toBe(false);
  expect(isDistributed('distributed', memoryOf(1, 1))).toBe(true);
});
