import type * as z from 'zod';
import type { Condition } from '../../core/kubernetes.ts';
import { known } from '../known.ts';
import type { Pool } from '../kubernetes/pool.ts';
import type { conditions } from '../kubernetes/shapes.ts';
import { timeOf } from '../time.ts';
import { redact } from './redact.ts';

/** Conditions of a status; every kind of object has them in this shape. */
export const conditionsOf = (answers: z.output<typeof conditions>, pool: Pool): Condition[] =>
  (answers ?? []).map((answer) => pool.made(answer, condition));

const condition = ({ type, status, reason, message, lastTransitionTime }: Answer): Condition =>
  known({
    type,
    status,
    reason,
    message: message && redact(message),
    lastTransitionTime: timeOf(lastTransitionTime),
  });

type Answer = NonNullable<z.output<typeof conditions>>[number];
