import type { PrefixList, RouteTable } from '../../model/aws.ts';
import { contains, prefixLength } from '../address.ts';
import { routeTableOf } from '../route-tables.ts';

/** Ranges from which no client on the Internet comes (RFC 1918, RFC 6598). */
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

/**
 * Why no answer from a subnet reaches an IPv4 client on the Internet: no route leads there, its gateway is gone, or it goes through a
 * NAT gateway, whose address no client expects. Undefined where a route leads to an internet gateway, or may lead to one through
 * an interface, a firewall or a transit gateway, and where the route table or a prefix list was not read.
 * Source: VPC user guide, "Enable internet access for a VPC using an internet gateway".
 */
export function internetDenial(
  subnetId: string,
  { routeTables, prefixLists }: { routeTables: RouteTable[]; prefixLists: PrefixList[] | undefined },
): string | undefined {
  const table = routeTableOf(subnetId, routeTables);
  if (table === undefined) return undefined;
  const outward = table.routes.filter((route) => isOutward(route, prefixLists));
  if (outward.some(({ target, state }) => state !== 'blackhole' && !target.startsWith('nat-'))) return undefined;
  const [first] = outward;
  if (first === undefined) return `${table.id} of ${subnetId} has no route to the Internet`;
  const gone = first.state === 'blackhole' ? ', which is gone' : '';
  return `${table.id} of ${subnetId} has no route to the Internet but ${first.destination} through ${first.target}${gone}`;
}

function isOutward({ destination, target }: RouteTable['routes'][number], lists: PrefixList[] | undefined): boolean {
  if (target === 'local' || destination.includes(':')) return false;
  if (!destination.startsWith('pl-')) return isPublic(destination);
  const cidrs = lists?.find(({ id }) => id === destination)?.cidrs;
  // The ranges of S3 and DynamoDB, to which a gateway endpoint leads, are narrow.
  if (target.startsWith('vpce-')) return cidrs?.some((cidr) => prefixLength(cidr) < 8) ?? true;
  return cidrs?.some(isPublic) ?? true;
}

const isPublic = (cidr: string): boolean => !privateRanges.some((range) => contains(range, cidr));
