import { NotHere } from '../../config/user-error.ts';
import type { Inventory, ServiceScope } from '../../core/model/inventory.ts';
import { compareText } from '../../core/model/target-group-context.ts';
import type { LocatedServices } from '../../io/kubernetes/locate-services.ts';
import { suggest } from '../suggest.ts';

interface Named {
  namespace: string;
  service: string;
}

/**
 * Throws a UserError for a namespace or Service that neither a cluster nor the tags of a target group know, before anything of it is
 * read. Where a cluster could not be listed nothing is known to be missing.
 */
export function refuseUnknownServices(
  { namespaces, services }: ServiceScope,
  located: LocatedServices,
  { clusters, owners, region }: Inventory,
): void {
  if (!located.isWhole || (located.services.length === 0 && clusters.length === 0)) return;
  const known: Named[] = [...located.services, ...owners];
  const inPlace = known.filter(({ namespace }) => namespaces?.includes(namespace) ?? true);
  for (const namespace of namespaces ?? []) {
    const names = distinct(known.map((each) => each.namespace));
    if (!names.includes(namespace))
      throw new NotHere(`no Service is in a namespace "${namespace}" in ${region}.${suggest(namespace, names)}`);
  }
  for (const service of services ?? []) {
    if (inPlace.some((each) => each.service === service)) continue;
    const wanted =
      namespaces === undefined ? `"${service}"` : namespaces.map((each) => `${each}/${service}`).join(' or ');
    const elsewhere = distinct(known.filter((each) => each.service === service).map(placed));
    const there =
      elsewhere.length > 0
        ? ` There is ${elsewhere.join(', ')}.`
        : suggest(service, distinct(inPlace.map((each) => each.service)));
    throw new NotHere(`there is no Service ${wanted} in ${region}.${there}`);
  }
}

const placed = ({ namespace, service }: Named): string => `${namespace}/${service}`;
const distinct = (names: string[]): string[] => [...new Set(names)].toSorted(compareText);
