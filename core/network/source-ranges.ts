import type { Service } from '../model/kubernetes.ts';

const annotation = 'service.beta.kubernetes.io/load-balancer-source-ranges';

/** The client ranges of a Service, by its field, else by the older annotation; empty for everybody. */
export function sourceRangesOf({ metadata, spec }: Service): string[] {
  if (spec.loadBalancerSourceRanges.length > 0) return spec.loadBalancerSourceRanges;
  return (metadata.annotations[annotation] ?? '')
    .split(',')
    .map((range) => range.trim())
    .filter((range) => range !== '');
}
