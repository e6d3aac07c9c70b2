/** What a run has cost so far. `apiCalls` counts requests sent, repeats included, by IAM action or Kubernetes verb. */
export interface Usage {
  apiCalls: Record<string, number>;
  throttles: number;
  /** Milliseconds that calls spent waiting for the API budget. */
  waitedMs: number;
}

/** A count of nothing yet. */
export const noUsage = (): Usage => ({ apiCalls: {}, throttles: 0, waitedMs: 0 });

/** Adds one request. */
export function count(usage: Usage, action: string): void {
  usage.apiCalls[action] = (usage.apiCalls[action] ?? 0) + 1;
}
