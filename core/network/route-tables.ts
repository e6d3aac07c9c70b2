import type { PrefixList, RouteTable } from '../model/aws.ts';
import { derived, under } from '../model/indexed.ts';
import { contains, prefixLength } from './address.ts';

/** Where a subnet sends packets for an address. */
export type Route =
  | { kind: 'local' }
  /** A gateway, peering, interface or the like takes them. */
  | { kind: 'via'; destination: string; target: string }
  /** The target of the route is gone, so that packets are dropped. */
  | { kind: 'blackhole'; destination: string; target: string; routeTableId: string }
  | { kind: 'none'; routeTableId: string }
  | { kind: 'unknown'; why: string };

/**
 * The route that a subnet takes to an address: the most specific one of its own route table, or of the main one of the
 * VPC. Source: VPC user guide, "Route priority".
 */
export function routeTo(
  address: string,
  subnetId: string,
  { routeTables, prefixLists }: { routeTables: RouteTable[]; prefixLists: PrefixList[] | undefined },
): Route {
  const table = routeTableOf(subnetId, routeTables);
  if (table === undefined) return { kind: 'unknown', why: `the route table of ${subnetId} was not read` };
  const routes = expandedRoutes(table, prefixLists, routeTables);
  const best = routes.find(({ cidr }) => contains(cidr, address));
  // A list that was not read may hold a more specific route, or the only one.
  const unread = table.routes.find(
    ({ destination }) => destination.startsWith('pl-') && !listed(destination, prefixLists),
  );
  if (unread !== undefined && best?.target !== 'local')
    return { kind: 'unknown', why: `entries of ${unread.destination} in ${table.id} were not read` };
  if (best === undefined) return { kind: 'none', routeTableId: table.id };
  const { destination, target, state } = best;
  if (target === 'local') return { kind: 'local' };
  if (state === 'blackhole') return { kind: 'blackhole', destination, target, routeTableId: table.id };
  return { kind: 'via', destination, target };
}

/** The route table of a subnet: its own, or the main one of the VPC. */
export const routeTableOf = (subnetId: string, routeTables: RouteTable[]): RouteTable | undefined =>
  under(routeTables, subnetsOf, subnetId)[0] ?? routeTables.find(({ main }) => main);

const subnetsOf = ({ subnetIds }: RouteTable): string[] => subnetIds;

/** True where a subnet's route table sends parts of a CIDR elsewhere than the rest. */
export function divides(
  cidr: string,
  subnetId: string,
  { routeTables, prefixLists }: { routeTables: RouteTable[]; prefixLists: PrefixList[] | undefined },
): boolean {
  const table = routeTableOf(subnetId, routeTables);
  const routes = table === undefined ? [] : expandedRoutes(table, prefixLists, routeTables);
  return routes.some((route) => route.cidr !== cidr && contains(cidr, route.cidr));
}

const listed = (id: string, prefixLists: PrefixList[] | undefined): string[] | undefined =>
  prefixLists?.find((list) => list.id === id)?.cidrs;

/** The routes of a table, one for each CIDR of a prefix list, the most specific first. */
const expandedRoutes = (table: RouteTable, prefixLists: PrefixList[] | undefined, routeTables: RouteTable[]) =>
  derived(routeTables, [expandedRoutes, table, prefixLists], () =>
    table.routes
      .flatMap((route) =>
        (route.destination.startsWith('pl-')
          ? (listed(route.destination, prefixLists) ?? [])
          : [route.destination]
        ).map((cidr) => ({ ...route, cidr })),
      )
      .toSorted((a, b) => prefixLength(b.cidr) - prefixLength(a.cidr)),
  );
