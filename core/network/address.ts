/** IPv4 and IPv6 addresses as integers, for containment in CIDR blocks. */

/** Neighbouring addresses, as a value and the length of the prefix that they share. */
export interface Block {
  bits: 32 | 128;
  value: bigint;
  prefix: number;
}

/** True when `cidr` covers all of `inner`, an address or a narrower CIDR. False for text that is neither. */
export function contains(cidr: string, inner: string): boolean {
  const [outer, within] = [packIpv4(cidr), packIpv4(inner)];
  if (outer >= 0 && within >= 0) {
    const prefix = outer % 64;
    const size = 64 * 2 ** (32 - prefix);
    return prefix <= within % 64 && Math.floor(outer / size) === Math.floor(within / size);
  }
  const outerBlock = parseBlock(cidr);
  const innerBlock = parseBlock(inner);
  if (outerBlock === undefined || innerBlock === undefined || outerBlock.bits !== innerBlock.bits) return false;
  if (outerBlock.prefix > innerBlock.prefix) return false;
  const shift = BigInt(outerBlock.bits - outerBlock.prefix);
  return outerBlock.value >> shift === innerBlock.value >> shift;
}

/** True when the two, addresses or CIDRs, share an address. */
export const overlaps = (a: string, b: string): boolean => contains(a, b) || contains(b, a);

/** Length of the prefix of a CIDR; an address counts as the narrowest one. */
export const prefixLength = (cidr: string): number => parseBlock(cidr)?.prefix ?? 0;

/** The address as a CIDR of its own; a CIDR stays what it is. */
export const asCidr = (address: string): string =>
  address.includes('/') ? address : `${address}/${isIpv6(address) ? 128 : 32}`;

export const isIpv6 = (address: string): boolean => address.includes(':');

/** An address or CIDR as a block; undefined for other text. */
export function parseBlock(text: string): Block | undefined {
  const [address = '', length] = text.split('/');
  const bits = isIpv6(address) ? 128 : 32;
  const value = bits === 128 ? ipv6(address) : ipv4(address);
  const prefix = length === undefined ? bits : Number(length);
  if (value === undefined || !Number.isInteger(prefix) || prefix < 0 || prefix > bits) return undefined;
  return { bits, value, prefix };
}

/** The address of that value; IPv6 without `::`. */
export function formatAddress(value: bigint, bits: 32 | 128): string {
  const size = bits === 32 ? 8 : 16;
  const parts = Array.from({ length: bits / size }, (_, index) => {
    const part = (value >> BigInt(bits - size * (index + 1))) & BigInt(2 ** size - 1);
    return part.toString(bits === 32 ? 10 : 16);
  });
  return parts.join(bits === 32 ? '.' : ':');
}

/**
 * An IPv4 address or CIDR without big integers and regular expressions, because a diagnosis compares millions: the value and
 * the length of the prefix in one number. -1 for other text, which `parseBlock` then looks at.
 */
function packIpv4(text: string): number {
  let value = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  for (let index = 0; index <= text.length; index++) {
    const code = index === text.length ? slash : text.charCodeAt(index);
    if (code >= zero && code <= nine && digits < 3) {
      part = part * 10 + code - zero;
      digits += 1;
      continue;
    }
    if (digits === 0 || part > 255) return -1;
    value = value * 256 + part;
    if (code === slash && dots === 3) return packPrefix(value, text, index);
    if (code !== dot) return -1;
    dots += 1;
    part = 0;
    digits = 0;
  }
  return -1;
}

const [zero, nine, dot, slash] = [48, 57, 46, 47];

/** Adds the prefix that begins at the slash; none is that of a single address. */
function packPrefix(value: number, text: string, slashAt: number): number {
  if (slashAt === text.length) return value * 64 + 32;
  const length = text.slice(slashAt + 1);
  return /^\d{1,2}$/.test(length) && Number(length) <= 32 ? value * 64 + Number(length) : -1;
}

function ipv4(text: string): bigint | undefined {
  const octets = text.split('.');
  if (octets.length !== 4 || octets.some((octet) => !/^(?:0|[1-9]\d{0,2})$/.test(octet) || Number(octet) > 255))
    return undefined;
  return octets.reduce((value, octet) => value * 256n + BigInt(octet), 0n);
}

function ipv6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => half.split(':').filter((word) => word !== ''));
  const gap = 8 - head.length - tail.length;
  if (halves.length === 1 ? gap !== 0 : gap < 1) return undefined;
  const words = [...head, ...Array<string>(gap).fill('0'), ...tail];
  if (words.some((word) => !/^[0-9a-f]{1,4}$/i.test(word))) return undefined;
  return words.reduce((value, word) => (value << 16n) + BigInt(`0x${word}`), 0n);
}
