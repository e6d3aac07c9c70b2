/** A stretch of time, in epoch milliseconds. */
export interface Stretch {
  from: number;
  to: number;
}
