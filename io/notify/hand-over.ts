import type { Store } from '../store/store.ts';
import { type DeliverOptions, deliver, type Progress } from './deliver.ts';

/**
 * Delivers what one finding owes now, which may be newer than what the caller heard of, and notes how far it came.
 * `null` when nothing is owed any more.
 */
export async function handOver(store: Store, fingerprint: string, options: DeliverOptions): Promise<Progress | null> {
  const owed = await store.owed(fingerprint);
  if (owed === null) return null;
  const progress = await deliver(owed, options);
  const isDone = progress.postponed.length === 0 && progress.refused.length === 0;
  if (isDone) await store.delivered(fingerprint, owed.key);
  else if (progress.deliveredTo.length > owed.deliveredTo.length) {
    await store.deliveredTo(fingerprint, owed.key, progress.deliveredTo);
  }
  return progress;
}
