import { inCidr } from '../world/network/address.ts';
import type { World } from '../world/world.ts';

/** True when the route table of the subnet leads to an address outside of the VPC, and not out to the Internet. */
export function leadsOut(world: World, subnetId: string, address: string): boolean {
  if (world.vpcs.some(({ cidrs }) => cidrs.some((cidr) => inCidr(address, cidr)))) return false;
  const table =
    world.routeTables.find(({ subnetIds }) => subnetIds.includes(subnetId)) ??
    world.routeTables.find(({ main }) => main);
  const [best] = (table?.routes ?? [])
    .filter(({ destination }) => inCidr(address, destination))
    .toSorted((a, b) => prefixOf(b.destination) - prefixOf(a.destination));
  return best !== undefined && best.state === 'active' && /^(tgw|pcx|vgw|lgw)-/.test(best.target);
}

const prefixOf = (cidr: string): number => Number(cidr.split('/')[1]);
