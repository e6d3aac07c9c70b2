import { formatAddress, parseBlock } from './address.ts';

/** The lowest address of each stretch between two neighbouring limits of these blocks, beginning with the very first of the family. */
export function stretchesBetween(blocks: readonly string[], bits: 32 | 128): string[] {
  const end = 1n << BigInt(bits);
  const limits = blocks.flatMap((text) => {
    const block = parseBlock(text);
    if (block?.bits !== bits) return [];
    const size = 1n << BigInt(bits - block.prefix);
    const start = block.value - (block.value % size);
    return [start, start + size];
  });
  return [...new Set([0n, ...limits])].filter((value) => value < end).map((value) => formatAddress(value, bits));
}
