import { parseBlock } from './address.ts';

/** Finds what belongs to the CIDR blocks that hold an address, in the order given, without a look at the other blocks. */
export function blocksOf<Item>(blocks: { cidr: string; item: Item }[]): (address: string) => Item[] {
  const found = new Map<string, { item: Item; place: number }[]>();
  const lengths = new Map<string, number>();
  for (const [place, { cidr, item }] of blocks.entries()) {
    const block = parseBlock(cidr);
    if (block === undefined) continue;
    const key = keyOf(block, block.prefix);
    lengths.set(`${block.bits}/${block.prefix}`, block.prefix);
    found.set(key, [...(found.get(key) ?? []), { item, place }]);
  }
  const prefixes = [...new Set(lengths.values())];
  return (address) => {
    const block = prefixes.length === 0 ? undefined : parseBlock(address);
    if (block === undefined) return [];
    return prefixes
      .filter((prefix) => prefix <= block.prefix)
      .flatMap((prefix) => found.get(keyOf(block, prefix)) ?? [])
      .toSorted((a, b) => a.place - b.place)
      .map(({ item }) => item);
  };
}

const keyOf = ({ bits, value }: { bits: number; value: bigint }, prefix: number): string =>
  `${bits}/${prefix} ${value >> BigInt(bits - prefix)}`;
