import { OvertakenError } from './fence.ts';

/**
 * Waits for all writes, so that one that fails ends none of the others; then throws what failed. That a later lease has written
 * comes first: whoever lost the lease writes nothing more.
 */
export async function tryAll(writes: Iterable<Promise<void>>): Promise<void> {
  const settled = await Promise.allSettled(writes);
  const errors = settled.flatMap((each): unknown[] => (each.status === 'rejected' ? [each.reason] : []));
  if (errors.length === 0) return;
  throw errors.find(isOver) ?? onlyOrAll(errors);
}

/** Does one step after the other, also where an earlier one failed, unless another run has overtaken this one. */
export async function tryInTurn(steps: (() => Promise<void>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      if (isOver(error)) throw error;
      errors.push(error);
    }
  }
  if (errors.length > 0) throw onlyOrAll(errors);
}

/** True where the run has lost its lease to a later one. */
const isOver = (error: unknown): boolean => error instanceof OvertakenError && !error.isBeside;

/** The only error, or all of them as one. */
export const onlyOrAll = (errors: unknown[]): unknown =>
  errors.length === 1 ? errors[0] : new AggregateError(errors, `${errors.length} of them failed`);
