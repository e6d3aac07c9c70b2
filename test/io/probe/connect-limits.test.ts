import { expect, test } from 'vitest';
import { connectLimits } from '../../../io/probe/connect-limits.ts';

test('a probe that need not share its socket waits for the whole time-out, and for no longer than three SYNs', () => {
  expect(connectLimits(2000, 0.5)).toEqual([2000]);
  expect(connectLimits(10_000, 1)).toEqual([3000]);
});

test('silent targets that share a socket have two SYNs each', () => {
  expect(connectLimits(3000, 2)).toEqual([1250]);
  expect(connectLimits(3000, 5)).toHaveLength(2);
});

test('their turns, with up to a tick of 20 ms from one to the next, end within the time-out', () => {
  for (const turns of [3, 5, 8, 10_000 / 900]) {
    const limits = connectLimits(3000, turns);
    const heldMs = limits.reduce((sum, limit) => sum + limit + 20, 0);
    expect(heldMs * turns).toBeLessThanOrEqual(3000);
  }
});

test('no target has less than 100 ms to answer a SYN, however many wait', () => {
  expect(connectLimits(3000, 1000)).toEqual([100, 100]);
});
