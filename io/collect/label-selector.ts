import type * as z from 'zod';
import type { LabelSelector } from '../../core/kubernetes.ts';
import type { labelSelector } from '../kubernetes/shapes.ts';

/** A label selector with its lists filled in; an empty one selects everything. */
export const selectorOf = (selector: z.output<typeof labelSelector> | null | undefined): LabelSelector => ({
  matchLabels: selector?.matchLabels ?? {},
  matchExpressions: (selector?.matchExpressions ?? []).map(({ key, operator, values }) => ({
    key,
    operator,
    values: values ?? [],
  })),
});
