import type { Condition } from '../../core/kubernetes.ts';
import { known } from '../known.ts';
import { timeOf } from '../time.ts';
import { redact } from './redact.ts';

interface Answer {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: Date;
}

/** Conditions of a status; every kind of object has them in this shape. */
export const conditionsOf = (conditions: Answer[] | undefined): Condition[] =>
  (conditions ?? []).map(({ type, status, reason, message, lastTransitionTime }) =>
    known({
      type,
      status,
      reason,
      message: message && redact(message),
      lastTransitionTime: timeOf(lastTransitionTime),
    }),
  );
