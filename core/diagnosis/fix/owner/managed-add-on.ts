import type { AddOn } from '../../../model/add-on.ts';
import type { Facts } from '../../../model/facts.ts';
import type { Step } from '../../../model/fix.ts';

/** What EKS says of an add-on that it manages; undefined for one that it does not, or that was not read. */
export const managedAddOn = (
  name: string | undefined,
  { slices }: Pick<Facts, 'slices'>,
): Extract<AddOn, { managed: true }> | undefined =>
  slices.addOns.find((addOn) => addOn.name === name && addOn.managed) as Extract<AddOn, { managed: true }> | undefined;

/** False for a step that is only for add-ons which EKS manages, or only for others, where it is known that this one is not of that kind. */
export function suitsAddOn({ change, unmanaged }: Step, { slices }: Facts): boolean {
  const wanted = change !== undefined && 'aws' in change ? change.options['addon-name'] : undefined;
  const found = slices.addOns.find(({ name }) => name === (unmanaged ?? wanted));
  return found === undefined || found.managed === (unmanaged === undefined);
}
