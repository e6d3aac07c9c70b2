import type { Facts } from './facts.ts';
import { type Memo, memo } from './memo.ts';
import type { Slices } from './slices.ts';

/** A list that remembers what was derived from it, so that a look-up visits only what it finds. */
interface Indexed<Item> extends Array<Item> {
  readonly lookUps: { memo: Memo; indexes: Map<KeysOf<Item>, Index<Item>> };
}

type Index<Item> = Map<string | undefined, Item[]>;

/**
 * Facts whose lists are indexed. Indexes are built at the first look-up and belong to the lists: they go when these Facts are
 * done with, those of `shared` when the run is.
 */
export const indexFacts = (facts: Facts, shared: SharedLists = new Map()): Facts => ({
  ...facts,
  slices: Object.fromEntries(
    Object.entries(facts.slices).map(([name, list]) => [name, shared.get(list) ?? indexed<unknown>(list)]),
  ) as unknown as Slices,
  gaps: indexed(facts.gaps),
});

/** What `judge` makes of each of these Facts, one after the other, each indexed as long as that takes and as it was given. */
export function eachIndexed<Made>(allFacts: Facts[], judge: (facts: Facts, given: Facts) => Made): Made[] {
  const shared = sharedLists(allFacts);
  return allFacts.map((facts) => judge(indexFacts(facts, shared), facts));
}

/** Lists that several Facts share, such as the interfaces of a VPC with many clusters, each with the same one indexed. */
type SharedLists = Map<unknown[], unknown[]>;

/** Finds them, so that each is indexed once. */
export function sharedLists(allFacts: Facts[]): SharedLists {
  const seen = new Set<unknown[]>();
  const shared: SharedLists = new Map();
  for (const list of allFacts.flatMap(({ slices }): unknown[][] => Object.values(slices))) {
    if (seen.has(list) && !shared.has(list)) shared.set(list, indexed(list));
    seen.add(list);
  }
  return shared;
}

/** The same list, indexed; it can no longer be changed. */
export function indexed<Item>(list: Item[]): Item[] {
  if (isIndexed(list)) return list;
  // Not enumerable: to JSON, comparisons and copies it is the list that it was.
  return Object.freeze(
    Object.defineProperty([...list], 'lookUps', { value: { memo: memo(), indexes: new Map() } }),
  ) as Item[];
}

const isIndexed = <Item>(list: Item[]): list is Indexed<Item> => (list as Indexed<Item>).lookUps !== undefined;

/** What `make` derives from a list and these values: once where the list is indexed, at every call where it is not. */
export const derived = <Item, Made>(list: Item[], values: readonly unknown[], make: () => Made): Made =>
  isIndexed(list) ? list.lookUps.memo.once(values, make) : make();

/** Names the keys under which an item is found. */
type KeysOf<Item> = (item: Item) => readonly (string | undefined)[];

const none: never[] = [];

/**
 * The items that have this key, in the order of the list. `keysOf` is to be a constant of its module: it stands for the index.
 * A list that is not indexed is searched, with the same result.
 */
export function under<Item>(list: Item[], keysOf: KeysOf<Item>, key: string | undefined): Item[] {
  if (key === undefined) return none;
  if (!isIndexed(list)) return searched(list, keysOf, key);
  // Neither through the memo nor with a closure: this is the innermost look-up of every check.
  let index = list.lookUps.indexes.get(keysOf);
  if (index === undefined) {
    index = indexBy(list, keysOf);
    list.lookUps.indexes.set(keysOf, index);
  }
  return index.get(key) ?? none;
}

const searched = <Item>(list: Item[], keysOf: KeysOf<Item>, key: string): Item[] =>
  list.filter((item) => keysOf(item).includes(key));

function indexBy<Item>(list: Item[], keysOf: KeysOf<Item>): Index<Item> {
  const index: Index<Item> = new Map();
  for (const item of list) {
    const keys = keysOf(item);
    // A set for each item costs more than to compare a few keys with each other.
    if (keys.length > 8) for (const key of new Set(keys)) put(index, key, item);
    else
      for (let place = 0; place < keys.length; place++)
        if (keys.indexOf(keys[place]) === place) put(index, keys[place], item);
  }
  return index;
}

function put<Item>(index: Index<Item>, key: string | undefined, item: Item): void {
  const items = index.get(key);
  if (items === undefined) index.set(key, [item]);
  else items.push(item);
}

/** The same, as a list that is indexed too where this one is. */
export function partOf<Item>(list: Item[], keysOf: KeysOf<Item>, key: string): Item[] {
  const items = under(list, keysOf, key);
  const index = isIndexed(list) ? list.lookUps.indexes.get(keysOf) : undefined;
  if (index === undefined || items.length === 0 || isIndexed(items)) return items;
  const part = indexed(items);
  index.set(key, part);
  return part;
}

const idOf = ({ id }: { id: string }): string[] => [id];

/** The item with this id. */
export const withId = <Item extends { id: string }>(list: Item[], id: string | undefined): Item | undefined =>
  under(list, idOf as KeysOf<Item>, id)[0];

interface Named {
  metadata: { namespace?: string; name: string };
}

const nameOf = ({ metadata }: Named): string[] => [nameKey(metadata.namespace, metadata.name)];
const nameKey = (namespace: string | undefined, name: string): string =>
  namespace === undefined ? name : `${namespace}/${name}`;

/** The first Kubernetes object of this name; without `namespace` one that belongs to the cluster. */
export const named = <Item extends Named>(
  list: Item[],
  namespace: string | undefined,
  name: string | undefined,
): Item | undefined =>
  name === undefined ? undefined : under(list, nameOf as KeysOf<Item>, nameKey(namespace, name))[0];

/** True where the list holds this very item. */
export const isAmong = <Item>(item: Item, list: Item[]): boolean =>
  isIndexed(list) ? list.lookUps.memo.once([isAmong], () => new Set(list)).has(item) : list.includes(item);

/** True where `isTrue` is of every item: looked at once, and not again for each target. `isTrue` is to be a constant of its module. */
export const areAll = <Item>(list: Item[], isTrue: (item: Item) => boolean): boolean =>
  derived(list, [areAll, isTrue], () => list.every((item) => isTrue(item)));

/** Parts of a list, each in its order, as one. */
export function inOrder<Item>(list: Item[], parts: Item[][]): Item[] {
  const filled = parts.filter(({ length }) => length > 0);
  if (filled.length < 2) return filled[0] ?? none;
  const places = derived(list, [inOrder], () => new Map(list.map((item, place) => [item, place])));
  return [...new Set(filled.flat())].toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
}

/** Each of these values once, in the order in which it comes first. */
export const distinct = <Value>(values: Iterable<Value>): Value[] => [...new Set(values)];
