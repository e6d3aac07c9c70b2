import type { V1LabelSelector } from '@kubernetes/client-node';
import type { LabelSelector } from '../../core/kubernetes.ts';

/** A label selector with its lists filled in; an empty one selects everything. */
export const selectorOf = (selector: V1LabelSelector = {}): LabelSelector => ({
  matchLabels: selector.matchLabels ?? {},
  matchExpressions: (selector.matchExpressions ?? []).map(({ key, operator, values }) => ({
    key,
    operator,
    values: values ?? [],
  })),
});
