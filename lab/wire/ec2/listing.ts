import type { World } from '../../world/world.ts';
import { fitsGlob } from '../aws/glob.ts';
import { type PageLimits, page } from '../aws/page.ts';
import { listOf, type Parameters } from '../aws/parameters.ts';
import type { Action } from '../aws/service.ts';
import { ServiceError } from '../aws/service-error.ts';
import type { XmlValue } from '../aws/xml.ts';

/** A Describe action of EC2 as data. */
interface Listing<Item> {
  /** The element that holds the items, for example `vpcSet`. */
  set: string;
  items(world: World): Item[];
  id(item: Item): string;
  /** The parameter that names items by id, and the error for an id that does not exist. */
  byId: { parameter: string; notFound: string };
  /** What a filter compares with, by filter name; `tag:<key>` and `tag-key` come with `tags`. */
  filters: Record<string, (item: Item, world: World) => (string | undefined)[]>;
  tags?(item: Item): Record<string, string>;
  limits?: PageLimits;
  /** EC2 refuses a page size together with ids, and says so, for instances. */
  pagesExcludeIds?: true;
  /** What is left out when it is neither asked for by id nor by parameter. */
  admits?(item: Item, parameters: Parameters): boolean;
  show(item: Item, world: World): XmlValue;
}

/** The page sizes of most Describe actions of EC2 (`MaxResults` 5 to 1000 in the service model). */
const usualLimits: PageLimits = { min: 5, max: 1000, standard: 1000 };

/** Makes a Describe action: by ids, filters with wildcards, and pages. */
export function listing<Item>(definition: Listing<Item>): Action {
  return (parameters, world) => {
    const ids = listOf(parameters, definition.byId.parameter);
    const size = parameters['MaxResults'];
    if (definition.pagesExcludeIds && ids.length > 0 && size !== undefined) {
      throw new ServiceError(
        'InvalidParameterCombination',
        `${definition.byId.parameter} cannot be used with maxResults`,
      );
    }
    const chosen = chooseByIds(definition, ids, world).filter(
      (item) =>
        (definition.admits?.(item, parameters) ?? true) &&
        readFilters(parameters).every((filter) => fits(definition, filter, { item, world })),
    );
    const { items, next } = page(chosen, {
      size,
      token: parameters['NextToken'],
      limits: definition.limits ?? usualLimits,
      code: 'InvalidParameterValue',
    });
    return { [definition.set]: items.map((item) => definition.show(item, world)), nextToken: next };
  };
}

function chooseByIds<Item>({ items, id, byId }: Listing<Item>, ids: string[], world: World): Item[] {
  if (ids.length === 0) return items(world);
  const known = new Map(items(world).map((item) => [id(item), item]));
  return ids.map((wanted) => {
    const item = known.get(wanted);
    if (item === undefined) throw new ServiceError(byId.notFound, `The ID '${wanted}' does not exist`);
    return item;
  });
}

interface Filter {
  name: string;
  values: string[];
}

function readFilters(parameters: Parameters): Filter[] {
  const filters: Filter[] = [];
  for (let index = 1; ; index++) {
    const name = parameters[`Filter.${index}.Name`];
    if (name === undefined) return filters;
    filters.push({ name, values: listOf(parameters, `Filter.${index}.Value`) });
  }
}

function fits<Item>(definition: Listing<Item>, filter: Filter, subject: { item: Item; world: World }): boolean {
  const has = valuesOf(definition, filter.name, subject);
  if (has === undefined) throw new ServiceError('InvalidParameterValue', `The filter '${filter.name}' is invalid`);
  return has.some((value) => value !== undefined && filter.values.some((wanted) => fitsGlob(wanted, value)));
}

function valuesOf<Item>(
  { filters, tags }: Listing<Item>,
  name: string,
  { item, world }: { item: Item; world: World },
): (string | undefined)[] | undefined {
  if (tags !== undefined && name.startsWith('tag:')) return [tags(item)[name.slice('tag:'.length)]];
  if (tags !== undefined && name === 'tag-key') return Object.keys(tags(item));
  return filters[name]?.(item, world);
}

/** Tags as EC2 writes them in `tagSet`. */
export const tagSet = (tags: Record<string, string>): XmlValue[] =>
  Object.entries(tags).map(([key, value]) => ({ key, value }));
