/** When a cause counts as there, as gone, and as going back and forth. */
export interface LifeCycleRules {
  /** Opens when it was seen in `bad` of the last `of` runs that could look. */
  openAfter: { bad: number; of: number };
  /** Resolves after this many runs in a row that ruled it out. */
  resolveAfter: number;
  /**
   * Minutes for which an expected state must leave a zone without a healthy target before it counts as a cause; `null` =
   * never. New targets and rollouts are over by then.
   */
  emptyZoneAfterMinutes: number | null;
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
  emptyZoneAfterMinutes: 15,
  flapping: { turns: 4, withinMinutes: 60 },
};
