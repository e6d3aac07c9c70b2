import type { RouteTable } from '../../core/model/aws.ts';
import { inCidr } from '../world/network/address.ts';
import type { World } from '../world/world.ts';

/** True when the route table of the subnet leads to an address outside of the VPC, and not out to the Internet. */
export function leadsOut(world: World, subnetId: string, address: string): boolean {
  if (world.vpcs.some(({ cidrs }) => cidrs.some((cidr) => inCidr(address, cidr)))) return false;
  const best = routeTo(world, subnetId, address);
  return best !== undefined && best.state === 'active' && /^(tgw|pcx|vgw|lgw)-/.test(best.target);
}

/** True when the subnet's route to an address inside of the VPC leads through a firewall that drops what it gets. */
export function isDroppedOnTheWay(world: World, subnetId: string, address: string): boolean {
  const target = world.droppedBy && routeTo(world, subnetId, address)?.target;
  return target !== undefined && world.droppedBy?.includes(target) === true;
}

function routeTo(world: World, subnetId: string, address: string): RouteTable['routes'][number] | undefined {
  const table =
    world.routeTables.find(({ subnetIds }) => subnetIds.includes(subnetId)) ??
    world.routeTables.find(({ main }) => main);
  return (table?.routes ?? [])
    .filter(({ destination }) => inCidr(address, destination))
    .toSorted((a, b) => prefixOf(b.destination) - prefixOf(a.destination))[0];
}

const prefixOf = (cidr: string): number => Number(cidr.split('/')[1]);
