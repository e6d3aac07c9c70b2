import type { Diagnosis } from './diagnosis.ts';

/** What the store keeps of one fingerprint between runs. */
export interface Remembered {
  fingerprint: string;
  status: 'open' | 'resolved';
  /** Counts openings; part of the deduplication key of every message. */
  episode: number;
  /** Grows by one with every write; the condition of the next write. */
  revision: number;
  openedAt: string;
  changedAt: string;
  resolvedAt: string | null;
  lastRun: string;
  /** Every target group that had this cause when it was last seen. */
  targetGroupArns: string[];
  /** The diagnosis as last told; one per target group. */
  diagnoses: Diagnosis[];
}

export type Transition = 'opened' | 'changed' | 'flapping' | 'resolved' | 'expired';

/** A difference between memory and report: what happened, and what to remember. */
export interface Change {
  transition: Transition;
  fingerprint: string;
  before: Remembered | null;
  after: Remembered;
}
