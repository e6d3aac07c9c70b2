/** When a cause counts as there, as gone, and as going back and forth. */
export interface LifeCycleRules {
  /** Opens when it was seen in `bad` of the last `of` runs that could look. */
  openAfter: { bad: number; of: number };
  /** Resolves after this many runs in a row that ruled it out. */
  resolveAfter: number;
  /** Flaps after this many openings and resolutions within the time, and until so much time passes without any. */
  flapping: { turns: number; withinMinutes: number };
}

/**
 * At once, because Elastic Load Balancing has counted failed and passed health checks already before a target changes
 * its state (its thresholds).
 */
export const defaultLifeCycle: LifeCycleRules = {
  openAfter: { bad: 1, of: 1 },
  resolveAfter: 1,
  flapping: { turns: 4, withinMinutes: 60 },
};
