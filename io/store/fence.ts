/** How a write is guarded: against runs that lost the lease, and against forgetting what has its time. */
export interface Guard {
  /** Of the lease that the run holds. An item that a later lease has written is left alone. */
  fence: number;
  /** Days for which what is over is kept. */
  retentionDays: number;
}

/** Part of a condition: no later lease has written this item. */
export const isUnfenced = '(attribute_not_exists(fence) OR fence <= :fence)';

/** Another run wrote this item since it was read. The next run starts from what it finds. */
export class OvertakenError extends Error {
  constructor(what: string, cause?: unknown) {
    super(`${what} was written by another run since it was read`, { cause });
    this.name = 'OvertakenError';
  }
}
