import { costOf } from '../../core/model/run-cost.ts';
import { noUsage, type Usage } from '../aws/usage.ts';
import type { StageCost } from './plan.ts';

/** What a stage has cost that began at that moment (epoch milliseconds), in a function with so many megabytes. */
export const stageCost = (usage: Usage, began: number, memoryMb: number): StageCost => ({
  ...usage,
  gbSeconds: ((Date.now() - began) / 1000) * (memoryMb / 1024),
});

/** The calls of all stages together. */
export function usageOf(costs: StageCost[]): Usage {
  const sum = noUsage();
  for (const { apiCalls, throttles, waitedMs } of costs) {
    for (const [action, calls] of Object.entries(apiCalls)) sum.apiCalls[action] = (sum.apiCalls[action] ?? 0) + calls;
    sum.throttles += throttles;
    sum.waitedMs += waitedMs;
  }
  return sum;
}

/** What Lambda charges for all stages together. */
export function runCostOf(costs: StageCost[]) {
  const gbSeconds = costs.reduce((sum, cost) => sum + cost.gbSeconds, 0);
  return costOf({ durationMs: gbSeconds * 1000, memoryMb: 1024, requests: costs.length });
}
