import { log } from '../log.ts';

/** How a write is guarded: against runs that lost the lease, and against forgetting what has its time. */
export interface Guard {
  /** Of the lease that the run holds. An item that a later lease has written is left alone. */
  fence: number;
  /** Days for which what is over is kept. */
  retentionDays: number;
}

/** Part of a condition: no later lease has written this item. */
export const isUnfenced = '(attribute_not_exists(fence) OR fence <= :fence)';

interface Overtaking {
  cause?: unknown;
  /** True where no later lease has written, but a run beside this one. */
  isBeside?: boolean;
}

/**
 * Another run wrote this item since it was read. The next run starts from what it finds. A run that a later lease has overtaken is
 * over; beside a run there may be others, about single target groups, and what one of them wrote first is left alone.
 */
export class OvertakenError extends Error {
  readonly isBeside: boolean;

  constructor(what: string, { cause, isBeside = false }: Overtaking = {}) {
    super(`${what} was written by another run since it was read`, { cause });
    this.name = 'OvertakenError';
    this.isBeside = isBeside;
  }
}

/** True for an error that says only what runs beside this one wrote first. */
export const isOnlyBeside = (error: unknown): boolean =>
  error instanceof AggregateError
    ? error.errors.every(isOnlyBeside)
    : error instanceof OvertakenError && error.isBeside;

/** Waits for writes of a run; what a run beside it wrote first is left alone, with a line in the log. */
export async function leavingAlone(writes: Promise<void>): Promise<void> {
  try {
    await writes;
  } catch (error) {
    if (!isOnlyBeside(error)) throw error;
    log('info', 'left alone what a run beside this one wrote first', { error: String(error) });
  }
}
