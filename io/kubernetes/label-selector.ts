import type * as z from 'zod';
import type { LabelSelector } from '../../core/model/kubernetes.ts';
import type { labelSelector } from './shapes.ts';

/** A label selector with its lists filled in; an empty one selects everything. */
export const selectorOf = (selector: z.output<typeof labelSelector> | null | undefined): LabelSelector => ({
  matchLabels: selector?.matchLabels ?? {},
  matchExpressions: (selector?.matchExpressions ?? []).map(({ key, operator, values }) => ({
    key,
    operator,
    values: values ?? [],
  })),
});
