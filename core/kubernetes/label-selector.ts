import type { LabelSelector } from '../model/kubernetes.ts';

/**
 * True when the labels fit every requirement; an empty selector fits all labels. An operator that is not known fits none.
 * Source: Kubernetes API, LabelSelector; `NotIn` also fits where the key is missing.
 */
export function fits({ matchLabels, matchExpressions }: LabelSelector, labels: Record<string, string>): boolean {
  return (
    carries(matchLabels, labels) &&
    matchExpressions.every(({ key, operator, values }) => {
      const value = labels[key];
      switch (operator) {
        case 'In':
          return value !== undefined && values.includes(value);
        case 'NotIn':
          return value === undefined || !values.includes(value);
        case 'Exists':
          return value !== undefined;
        case 'DoesNotExist':
          return value === undefined;
        default:
          return false;
      }
    })
  );
}

/** True when the labels hold every pair that is wanted. */
export const carries = (wanted: Record<string, string>, labels: Record<string, string>): boolean =>
  Object.entries(wanted).every(([key, value]) => labels[key] === value);

/** Labels in the words of kubectl: `k=v,k2=v2`. */
export const writeLabels = (labels: Record<string, string>): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
