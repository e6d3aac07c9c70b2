import { type Subnet as Answer, type EC2Client, paginateDescribeSubnets } from '@aws-sdk/client-ec2';
import type { Subnet } from '../../core/model/aws.ts';
import { byKey } from '../aws/by-key.ts';
import { pages } from '../aws/pages.ts';
import { inVpc } from './in-vpc.ts';

/** Subnets of one VPC. */
export async function readSubnets(ec2: EC2Client, vpcId: string): Promise<Subnet[]> {
  const subnets: Subnet[] = [];
  for await (const { Subnets } of pages(paginateDescribeSubnets({ client: ec2, pageSize: 1000 }, inVpc(vpcId)))) {
    subnets.push(...(Subnets ?? []).map(project));
  }
  return subnets;
}

const project = (subnet: Answer): Subnet => ({
  id: subnet.SubnetId ?? '',
  vpcId: subnet.VpcId ?? '',
  zone: subnet.AvailabilityZone ?? '',
  cidr: subnet.CidrBlock ?? '',
  ipv6Cidrs: (subnet.Ipv6CidrBlockAssociationSet ?? []).map(({ Ipv6CidrBlock }) => Ipv6CidrBlock ?? ''),
  availableIps: subnet.AvailableIpAddressCount ?? 0,
  tags: byKey(subnet.Tags),
});
