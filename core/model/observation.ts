import type { Facts } from './facts.ts';
import type { Inventory } from './inventory.ts';
import type { RunCost } from './run-cost.ts';

/** What a run knows about itself before it is judged. */
export interface Run {
  id: string;
  /** RFC 3339. */
  startedAt: string;
  finishedAt: string;
  /** Requests sent, repeats included, by IAM action or Kubernetes verb. */
  apiCalls: Record<string, number>;
  throttles: number;
  /** Milliseconds spent waiting for the API budget. */
  waitedMs: number;
  /** Where it ran in Lambda. */
  cost?: RunCost;
}

/** Everything that one run observed: enough to judge it, here or elsewhere, now or later. */
export interface Observation {
  run: Run;
  inventory: Pick<Inventory, 'account' | 'region' | 'clusters' | 'gaps' | 'unread'>;
  facts: Facts[];
}
