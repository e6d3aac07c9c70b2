import type * as z from 'zod';
import type { Condition } from '../../core/model/kubernetes.ts';
import { known } from '../aws/known.ts';
import { timeOf } from '../aws/time.ts';
import type { Pool } from './client/pool.ts';
import type { conditions } from './shapes.ts';

/** Conditions of a status; every kind of object has them in this shape. */
export const conditionsOf = (answers: z.output<typeof conditions>, pool: Pool): Condition[] =>
  (answers ?? []).map((answer) => pool.made(answer, condition));

const condition = ({ type, status, reason, message, lastTransitionTime }: Answer): Condition =>
  known({
    type,
    status,
    reason,
    message,
    lastTransitionTime: timeOf(lastTransitionTime),
  });

type Answer = NonNullable<z.output<typeof conditions>>[number];
