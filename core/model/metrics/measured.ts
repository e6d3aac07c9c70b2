/** What CloudWatch counted about a target group in the hours before a run. */
export interface Measured {
  /** RFC 3339, to the minute: since when targets are unhealthy; absent where none is. */
  since?: string;
  /** True where that began before all that CloudWatch was asked for, or still keeps. */
  sinceAtLeast?: boolean;
  /** Stretches that are over, the earliest first; the last ten. */
  spells: { from: string; to: string }[];
  /** Sentences for people: how it came and went, whether clients are sent to unhealthy targets, what was refused. */
  notes: string[];
}

/** Most unhealthy targets at a time, as a row of numbers that can be drawn. */
export interface Sparkline {
  /** RFC 3339: the beginning of the first value. */
  from: string;
  /** Minutes that each value stands for. */
  minutes: number;
  /** `null` where CloudWatch had no value. */
  unhealthy: (number | null)[];
  /** Registered targets now: what the numbers are out of. */
  total: number;
}
