import type { Pod } from '../model/kubernetes.ts';

/** Labels of one version of a workload, or of one pod: a selector that names them breaks with the next rollout. */
const passing = new Set([
  'pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'rollouts-pod-template-hash',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
]);

/**
 * The selector with one label more, which every pod of `wanted` has with one value and no pod of `others`; undefined where
 * no label tells them apart.
 */
export function narrowerSelector(
  selector: Record<string, string>,
  { wanted, others }: { wanted: Pod[]; others: Pod[] },
): Record<string, string> | undefined {
  const [first] = wanted;
  const label = Object.entries(first?.metadata.labels ?? {})
    .filter(([key]) => !passing.has(key))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .find(
      ([key, value]) =>
        wanted.every(({ metadata }) => metadata.labels[key] === value) &&
        others.every(({ metadata }) => metadata.labels[key] !== value),
    );
  return label && { ...selector, [label[0]]: label[1] };
}
