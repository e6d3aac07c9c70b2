import { page } from '../aws/page.ts';
import type { Parameters } from '../aws/parameters.ts';
import { ServiceError } from '../aws/service-error.ts';

/** One page in Elastic Load Balancing's terms: `PageSize` 1 to 400 (and 400 by itself), `Marker`. */
export const elbPage = <Item>(items: Item[], { PageSize, Marker }: Parameters) =>
  page(items, {
    size: PageSize,
    token: Marker,
    limits: { min: 1, max: 400, standard: 400 },
    code: 'ValidationError',
  });

/** Refuses more than 20 members, the documented limit of DescribeTags and DescribeLoadBalancers. */
export function upTo20(values: string[], parameter: string): string[] {
  if (values.length <= 20) return values;
  throw new ServiceError('ValidationError', `Up to 20 ${parameter} can be described at a time, got ${values.length}`);
}
