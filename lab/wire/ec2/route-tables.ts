import type { RouteTable } from '../../../core/model/aws.ts';
import type { XmlValue } from '../aws/xml.ts';
import { listing } from './listing.ts';

/** DescribeRouteTables; its pages hold at most 100. */
export const describeRouteTables = listing<RouteTable>({
  set: 'routeTableSet',
  items: (world) => world.routeTables,
  id: (table) => table.id,
  byId: { parameter: 'RouteTableId', notFound: 'InvalidRouteTableID.NotFound' },
  filters: {
    'route-table-id': (table) => [table.id],
    'vpc-id': (table) => [table.vpcId],
    'association.subnet-id': (table) => table.subnetIds,
    'association.main': (table) => [String(table.main)],
  },
  limits: { min: 5, max: 100, standard: 100 },
  show: (table, world) => ({
    routeTableId: table.id,
    vpcId: table.vpcId,
    ownerId: world.account,
    associationSet: [
      ...(table.main ? [association(table, undefined)] : []),
      ...table.subnetIds.map((subnetId) => association(table, subnetId)),
    ],
    routeSet: table.routes.map(showRoute),
    propagatingVgwSet: [],
    tagSet: [],
  }),
});

const association = ({ id }: RouteTable, subnetId: string | undefined): XmlValue => ({
  routeTableAssociationId: (subnetId ?? id).replace(/^\w+-/, 'rtbassoc-'),
  routeTableId: id,
  subnetId,
  main: subnetId === undefined,
  associationState: { state: 'associated' },
});

/** The element that carries a route's target, by the prefix of its id; gateways and `local` are the rest. */
const targetElements: Record<string, string> = {
  nat: 'natGatewayId',
  tgw: 'transitGatewayId',
  eni: 'networkInterfaceId',
  pcx: 'vpcPeeringConnectionId',
  eigw: 'egressOnlyInternetGatewayId',
  lgw: 'localGatewayId',
  cagw: 'carrierGatewayId',
  i: 'instanceId',
};

function showRoute({ destination, target, state }: RouteTable['routes'][number]): XmlValue {
  const targetElement = targetElements[target.split('-')[0] ?? ''] ?? 'gatewayId';
  return {
    [destinationElement(destination)]: destination,
    [targetElement]: target,
    origin: target === 'local' ? 'CreateRouteTable' : 'CreateRoute',
    state,
  };
}

function destinationElement(destination: string): string {
  if (destination.startsWith('pl-')) return 'destinationPrefixListId';
  return destination.includes(':') ? 'destinationIpv6CidrBlock' : 'destinationCidrBlock';
}
