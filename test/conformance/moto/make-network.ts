import {
  AssociateDhcpOptionsCommand,
  AssociateRouteTableCommand,
  AssociateVpcCidrBlockCommand,
  CreateDhcpOptionsCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import type { World } from '../../../lab/world/world.ts';
import { type Names, tagList } from './names.ts';

/** Makes DHCP options, VPCs, subnets and routes; the main route table and the network ACL come with the VPC. */
export async function makeNetwork(ec2: EC2Client, world: World, names: Names): Promise<void> {
  for (const { id, domainName = '', domainNameServers } of world.dhcpOptions) {
    const DhcpConfigurations = [
      { Key: 'domain-name', Values: [domainName] },
      { Key: 'domain-name-servers', Values: domainNameServers },
    ];
    const { DhcpOptions } = await ec2.send(new CreateDhcpOptionsCommand({ DhcpConfigurations }));
    names.set(id, DhcpOptions?.DhcpOptionsId);
  }
  for (const { id, cidrs, dhcpOptionsId, tags } of world.vpcs) {
    const [CidrBlock, ...others] = cidrs;
    const TagSpecifications = [{ ResourceType: 'vpc' as const, Tags: tagList(tags) }];
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock, TagSpecifications }));
    names.set(id, Vpc?.VpcId);
    const VpcId = names.get(id);
    for (const cidr of others) await ec2.send(new AssociateVpcCidrBlockCommand({ VpcId, CidrBlock: cidr }));
    await ec2.send(new AssociateDhcpOptionsCommand({ VpcId, DhcpOptionsId: names.get(dhcpOptionsId) }));
  }
  for (const { id, vpcId, zone, cidr, tags } of world.subnets) {
    const subnet = { VpcId: names.get(vpcId), AvailabilityZone: zone, CidrBlock: cidr };
    const TagSpecifications = [{ ResourceType: 'subnet' as const, Tags: tagList(tags) }];
    const { Subnet } = await ec2.send(new CreateSubnetCommand({ ...subnet, TagSpecifications }));
    names.set(id, Subnet?.SubnetId);
  }
  await makeRoutes(ec2, world, names);
  await nameNetworkAcls(ec2, world, names);
}

async function makeRoutes(ec2: EC2Client, { routeTables, subnets }: World, names: Names): Promise<void> {
  for (const { id, vpcId, subnetIds, routes } of routeTables) {
    const Filters = [{ Name: 'vpc-id', Values: [names.get(vpcId)] }];
    const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({ Filters }));
    names.set(id, RouteTables[0]?.RouteTableId);
    const RouteTableId = names.get(id);
    for (const subnetId of subnetIds) {
      await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId: names.get(subnetId) }));
    }
    for (const { destination, target } of routes.filter((route) => route.target !== 'local')) {
      const SubnetId = names.get(subnets[0]?.id ?? '');
      const { NatGateway } = await ec2.send(new CreateNatGatewayCommand({ SubnetId, ConnectivityType: 'private' }));
      names.set(target, NatGateway?.NatGatewayId);
      const route = { DestinationCidrBlock: destination, NatGatewayId: names.get(target) };
      await ec2.send(new CreateRouteCommand({ RouteTableId, ...route }));
    }
  }
}

async function nameNetworkAcls(ec2: EC2Client, { networkAcls }: World, names: Names): Promise<void> {
  for (const { id, vpcId } of networkAcls.filter(({ isDefault }) => isDefault)) {
    const Filters = [{ Name: 'vpc-id', Values: [names.get(vpcId)] }];
    const { NetworkAcls = [] } = await ec2.send(new DescribeNetworkAclsCommand({ Filters }));
    names.set(id, NetworkAcls[0]?.NetworkAclId);
  }
}
