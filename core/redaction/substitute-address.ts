import { formatAddress, parseBlock } from '../network/address.ts';

/** A keyed hash: hexadecimal, at least 16 digits. */
export type Digest = (text: string) => string;

/** Addresses that mean the same everywhere, and the metadata services of AWS. */
const meaningful = /^(0\.0\.0\.0|255\.255\.255\.255|127\.0\.0\.1|169\.254\.\d+\.\d+|::|::1|fe80:.*)(\/\d+)?$/i;

/** Leading bits that stay, so that private addresses stay private (RFC 1918, RFC 6598), by first octet; 8 for the others. */
const keptBits: Record<number, number> = { 100: 10, 169: 16, 172: 12, 192: 16 };

/** IPv4 within IPv6, `::ffff:0:0/96` (RFC 4291). */
const mapped = 0xffffn;

/**
 * Substitutes addresses and CIDR blocks so that what lies in a block lies in the substitute of the block: each bit is
 * flipped or not depending on the bits before it. Text that is no address comes back as it is.
 */
export function substituteAddress(digest: Digest): (text: string) => string {
  const flips = new Map<string, bigint>();
  function flip(bits: number, lead: bigint, index: number): bigint {
    const key = `${bits} ${index} ${lead}`;
    const known = flips.get(key);
    if (known !== undefined) return known;
    const fresh = BigInt(`0x${digest(key).slice(0, 1)}`) & 1n;
    flips.set(key, fresh);
    return fresh;
  }
  function scramble(value: bigint, bits: 32 | 128, kept: number): bigint {
    let result = 0n;
    for (let index = 0; index < bits; index += 1) {
      const bit = (value >> BigInt(bits - 1 - index)) & 1n;
      const changed = index < kept ? bit : bit ^ flip(bits, value >> BigInt(bits - index), index);
      result = (result << 1n) | changed;
    }
    return result;
  }

  return (text) => {
    const block = parseBlock(text);
    if (block === undefined || meaningful.test(text)) return text;
    const { value, bits, prefix } = block;
    const low = value & 0xffffffffn;
    const scrambled =
      bits === 32
        ? scramble(value, 32, keptOf(value))
        : value >> 32n === mapped
          ? (mapped << 32n) | scramble(low, 32, keptOf(low))
          : scramble(value, 128, 8);
    const host = BigInt(bits - prefix);
    const substitute = formatAddress((scrambled >> host) << host, bits);
    return text.includes('/') ? `${substitute}/${prefix}` : substitute;
  };
}

const keptOf = (value: bigint): number => keptBits[Number(value >> 24n)] ?? 8;
