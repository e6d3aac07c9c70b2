import type { Diagnosis } from './diagnosis.ts';

/** What the store keeps of one fingerprint between runs. */
export interface Finding {
  fingerprint: string;
  /** `suspected` = seen, but not often enough to be told. */
  status: 'suspected' | 'open' | 'resolved';
  /** Counts openings; part of the deduplication key of every message. */
  episode: number;
  /** Grows by one with every write; the condition of the next write. */
  revision: number;
  /** The revision of the latest transition that is worth telling; 0 before the first. */
  news: number;
  /** RFC 3339, over all episodes. */
  firstSeenAt: string;
  /** RFC 3339. Of an open one it is stored with the run (`core/lifecycle/sightings.ts`), not with the finding. */
  lastSeenAt: string;
  openedAt: string;
  changedAt: string;
  resolvedAt: string | null;
  lastRun: string;
  /** What the last runs answered while it is not decided: `+` for seen, `-` for ruled out, the newest last. */
  answers: string;
  /** When it opened or resolved lately; many turns in a short time are flapping. */
  turns: string[];
  /** RFC 3339; `null` while it does not flap. */
  flappingSince: string | null;
  /** The latest episodes before this one. */
  past: Episode[];
  /** What was seen at the first sight of this episode: events, logs and terminated states expire. */
  firstEvidence: Diagnosis['evidence'];
  /** Every target group that had this cause when it was last seen. */
  targetGroupArns: string[];
  /** The diagnosis as last told; one per target group. */
  diagnoses: Diagnosis[];
}

/** A time during which a cause was there, from opening to resolution. */
export interface Episode {
  openedAt: string;
  resolvedAt: string;
}

export type Transition = 'opened' | 'changed' | 'flapping' | 'resolved';

/** A difference between memory and report: what happened, and what to remember. */
export interface Change {
  /** `noted` = nothing to tell, but something to remember. */
  transition: Transition | 'noted';
  fingerprint: string;
  before: Finding | null;
  after: Finding;
}
