import type { Store } from '../store/store.ts';
import { type DeliverOptions, deliver, type Progress } from './deliver.ts';

/**
 * Delivers what one incident owes now, which may be newer than what the caller heard of, and notes how far it came.
 * `null` when nothing is owed any more.
 */
export async function handOver(store: Store, incident: string, options: DeliverOptions): Promise<Progress | null> {
  const owed = await store.owed(incident);
  if (owed === null) return null;
  const progress = await deliver(owed, options, (so) =>
    store.deliveredTo(incident, owed.key, so.deliveredTo, so.receipts),
  );
  const { deliveredTo, postponed, refused, thrown, receipts } = progress;
  const isDone = postponed.length === 0 && refused.length === 0 && thrown.length === 0;
  const isFurther =
    deliveredTo.length > owed.deliveredTo.length ||
    postponed.some((sink) => JSON.stringify(receipts[sink]) !== JSON.stringify(owed.receipts?.[sink]));
  if (isDone) await store.delivered(incident, owed.key, receipts);
  else if (isFurther) await store.deliveredTo(incident, owed.key, deliveredTo, receipts);
  // Not before it is noted who has the message: a bug in one sink must not make the others send again.
  if (thrown.length > 0) throw thrown[0];
  return progress;
}
