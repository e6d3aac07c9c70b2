import {
  type RouteTable as Answer,
  type EC2Client,
  paginateDescribeRouteTables,
  type Route,
} from '@aws-sdk/client-ec2';
import type { RouteTable } from '../../core/model/aws.ts';
import { pages } from '../aws/pages.ts';
import { inVpc } from './in-vpc.ts';

/** Route tables of one VPC; a page holds at most 100. */
export async function readRouteTables(ec2: EC2Client, vpcId: string): Promise<RouteTable[]> {
  const tables: RouteTable[] = [];
  for await (const { RouteTables } of pages(
    paginateDescribeRouteTables({ client: ec2, pageSize: 100 }, inVpc(vpcId)),
  )) {
    tables.push(...(RouteTables ?? []).map(project));
  }
  return tables;
}

const project = (table: Answer): RouteTable => ({
  id: table.RouteTableId ?? '',
  vpcId: table.VpcId ?? '',
  main: (table.Associations ?? []).some(({ Main }) => Main),
  subnetIds: (table.Associations ?? []).flatMap(({ SubnetId }) => SubnetId ?? []),
  routes: (table.Routes ?? []).map((route) => ({
    destination: route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId ?? '',
    target: targetOf(route),
    state: route.State ?? '',
  })),
});

/** A route names its target in one of many fields, by kind of target. */
const targetOf = (route: Route): string =>
  route.GatewayId ??
  route.NatGatewayId ??
  route.TransitGatewayId ??
  route.VpcPeeringConnectionId ??
  route.NetworkInterfaceId ??
  route.InstanceId ??
  route.EgressOnlyInternetGatewayId ??
  route.LocalGatewayId ??
  route.CarrierGatewayId ??
  route.CoreNetworkArn ??
  '';
