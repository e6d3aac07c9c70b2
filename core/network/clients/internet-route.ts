import type { PrefixList, RouteTable } from '../../model/aws.ts';
import { isIpv6, prefixLength } from '../address.ts';
import { routeTableOf } from '../route-tables.ts';
import { isPrivate } from './client-origin.ts';

/**
 * Why no answer from a subnet reaches a client on the Internet, of IPv4 (32 bits) or IPv6: no route leads there, its gateway is gone, or it
 * goes through a NAT gateway, whose address no client expects, or one for what begins inside. Undefined where a route leads to an internet gateway, or may lead to one through
 * an interface, a firewall or a transit gateway, and where the route table or a prefix list was not read.
 * Source: VPC user guide, "Enable internet access for a VPC using an internet gateway" and "Egress-only internet gateways".
 */
export function internetDenial(
  subnetId: string,
  bits: 32 | 128,
  { routeTables, prefixLists }: { routeTables: RouteTable[]; prefixLists: PrefixList[] | undefined },
): string | undefined {
  const table = routeTableOf(subnetId, routeTables);
  if (table === undefined) return undefined;
  const outward = table.routes.filter((route) => isOutward(route, bits, prefixLists));
  if (outward.some(({ target, state }) => state !== 'blackhole' && !/^(nat|eigw)-/.test(target))) return undefined;
  const [first] = outward;
  const what = bits === 128 ? 'route of IPv6' : 'route';
  if (first === undefined) return `${table.id} of ${subnetId} has no ${what} to the Internet`;
  const gone = first.state === 'blackhole' ? ', which is gone' : '';
  return `${table.id} of ${subnetId} has no ${what} to the Internet but ${first.destination} through ${first.target}${gone}`;
}

function isOutward(
  { destination, target }: RouteTable['routes'][number],
  bits: 32 | 128,
  lists: PrefixList[] | undefined,
): boolean {
  if (target === 'local') return false;
  const isOut = (cidr: string): boolean => isIpv6(cidr) === (bits === 128) && !isPrivate(cidr);
  if (!destination.startsWith('pl-')) return isOut(destination);
  const cidrs = lists?.find(({ id }) => id === destination)?.cidrs;
  // The ranges of S3 and DynamoDB, to which a gateway endpoint leads, are narrow.
  if (target.startsWith('vpce-')) return cidrs?.some((cidr) => isOut(cidr) && prefixLength(cidr) < 8) ?? true;
  return cidrs?.some(isOut) ?? true;
}
