import type { Subnet } from '../../../core/model/aws.ts';
import { resourceId } from '../identifier.ts';
import type { World } from '../world.ts';

/** Adds a subnet to the VPC, with the route table and network ACL of the others, but not meant for load balancers. */
export function addSubnet(world: World, { zone, cidr }: Pick<Subnet, 'zone' | 'cidr'>): Subnet {
  const subnet: Subnet = {
    id: resourceId('subnet', `${zone} ${cidr.split('.').slice(2).join('.')}`),
    vpcId: world.vpcs[0]?.id ?? '',
    zone,
    cidr,
    ipv6Cidrs: [],
    availableIps: 4000,
    tags: { Name: `nodes-${zone}` },
  };
  world.subnets.push(subnet);
  for (const { subnetIds } of [...world.routeTables.slice(0, 1), ...world.networkAcls.slice(0, 1)]) {
    subnetIds.push(subnet.id);
  }
  return subnet;
}
