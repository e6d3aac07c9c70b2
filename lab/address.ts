import type { Subnet } from '../core/aws.ts';
import type { World } from './world.ts';

const toNumber = (address: string): number =>
  address.split('.').reduce((number, octet) => number * 256 + Number(octet), 0);

const toAddress = (number: number): string =>
  [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join('.');

/** True when the IPv4 address lies in the CIDR block. */
export function inCidr(address: string, cidr: string): boolean {
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
