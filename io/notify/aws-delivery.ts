import { refusalOf } from '../aws/refusal.ts';
import type { Delivery } from './sink.ts';

const never = new AbortController().signal;

/** What an error of an AWS call means for a message: later it may work, or somebody has to mend something. */
export function deliveryAfter(error: unknown, action: string): Delivery {
  const refusal = refusalOf(error, never);
  if (refusal === undefined) throw error;
  if (refusal.reason === 'throttled' || refusal.reason === 'unreachable') return { kind: 'retry', afterMs: 1000 };
  return { kind: 'refused', reason: `${action}: ${refusal.message}` };
}
