import type { Subnet } from '../../../core/model/aws.ts';
import type { World } from '../world.ts';

const toNumber = (address: string): number =>
  address.split('.').reduce((number, octet) => number * 256 + Number(octet), 0);

const toAddress = (number: number): string =>
  [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join('.');

/**
 * The IPv6 address that goes with an IPv4 address of a subnet /20. On loopback it is an IPv4-mapped one, so that it leads
 * there as well: to an address half a subnet further on, where nothing else is. Elsewhere it is a unique local one, since
 * no API server takes endpoints with mapped addresses.
 */
export const ipv6TwinOf = (address: string): string => mapped(toNumber(address) + 2048);

/** The IPv6 addresses that go with a CIDR block. */
export function ipv6TwinCidr(cidr: string): string {
  const [base = '', bits] = cidr.split('/');
  return `${mapped(toNumber(base))}/${96 + Number(bits)}`;
}

const loopback = 127;

const mapped = (number: number): string =>
  `${Math.floor(number / 2 ** 24) === loopback ? '::ffff' : 'fd00:'}:${Math.floor(number / 65536).toString(16)}:${(number % 65536).toString(16)}`;

const isIpv6 = (text: string): boolean => text.includes(':');

/** The IPv4 address or block that an IPv6 one goes with; `::/0` holds them all. */
function unmapped(text: string): string {
  const [address = '', bits] = text.split('/');
  const [high = 0, low = 0] = address
    .split(':')
    .slice(-2)
    .map((word) => Number.parseInt(word || '0', 16));
  return toAddress(high * 65536 + low) + (bits === undefined ? '' : `/${Math.max(0, Number(bits) - 96)}`);
}

/** True when the address lies in the CIDR block of the same family. */
export function inCidr(address: string, cidr: string): boolean {
  if (isIpv6(address) !== isIpv6(cidr)) return false;
  if (isIpv6(address)) return inCidr(unmapped(address), unmapped(cidr));
  const [base = '', bits = '32'] = cidr.split('/');
  const size = 2 ** (32 - Number(bits));
  return Math.floor(toNumber(address) / size) === Math.floor(toNumber(base) / size);
}

// AWS keeps the first four addresses of a subnet; ten leaves room for a router and a resolver.
const firstFree = 10;

/** The address of the subnet that follows the highest one in use. */
export function nextAddress(world: World, subnet: Subnet): string {
  const base = toNumber(subnet.cidr.split('/')[0] ?? '');
  const used = world.networkInterfaces
    .filter((networkInterface) => networkInterface.subnetId === subnet.id)
    .flatMap((networkInterface) => networkInterface.privateIps.map(toNumber));
  return toAddress(Math.max(base + firstFree - 1, ...used) + 1);
}
