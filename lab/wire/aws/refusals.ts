import type { World } from '../../world/world.ts';
import { fitsGlob } from './glob.ts';

type Refusal = World['refusals'][number];

/**
 * Counts off the refusals of a world. The function returned names the error that this call meets, by IAM action
 * (`ec2:DescribeVpcs`; a world may write `ec2:Describe*`), or `undefined`.
 */
export function countRefusals(refusals: Refusal[]): (action: string) => Refusal['error'] | undefined {
  const left = new Map(refusals.map((refusal) => [refusal, refusal.times ?? Number.POSITIVE_INFINITY]));
  return (action) => {
    const refusal = refusals.find((each) => fitsGlob(each.action, action) && (left.get(each) ?? 0) > 0);
    if (refusal === undefined) return undefined;
    left.set(refusal, (left.get(refusal) ?? 0) - 1);
    return refusal.error;
  };
}
