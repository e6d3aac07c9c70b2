import { expect, test } from 'vitest';
import { costOf } from '../../core/run-cost.ts';

test('a run is paid by memory and time, and once for being started', () => {
  expect(costOf({ durationMs: 6000, memoryMb: 1024 })).toEqual({ gbSeconds: 6, estimatedUsd: 0.0000802 });
  expect(costOf({ durationMs: 6000, memoryMb: 2048 })).toEqual({ gbSeconds: 12, estimatedUsd: 0.0001602 });
  expect(costOf({ durationMs: 0, memoryMb: 2048 })).toEqual({ gbSeconds: 0, estimatedUsd: 0.0000002 });
});
