import { unreadable } from '../aws/believe.ts';
import { refusalOf } from '../aws/refusal.ts';
import type { Delivery } from './sink.ts';

const defaultRetryMs = 1000;

/** What an AWS call means for a message: what `call` makes of the answer, or whether trying again later may work. */
export async function deliverBy(action: string, signal: AbortSignal, call: () => Promise<Delivery>): Promise<Delivery> {
  try {
    return await call();
  } catch (error) {
    return deliveryAfter(action, signal, error);
  }
}

/** What the error of an AWS call means for a message: later it may work, or something has to be changed first. */
export function deliveryAfter(action: string, signal: AbortSignal, error: unknown): Delivery {
  const refusal = refusalOf(unreadable(action, error) ?? error, signal);
  if (refusal === undefined) throw error;
  const { reason, message } = refusal;
  if (reason === 'throttled' || reason === 'unreachable' || reason === 'deadline') {
    return { kind: 'retry', afterMs: defaultRetryMs };
  }
  return { kind: 'refused', reason: `${action}: ${message}` };
}
