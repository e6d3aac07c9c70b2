import { type Vpc as Answer, DescribeVpcsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import type { Vpc } from '../../core/model/aws.ts';
import { byKey } from '../aws/by-key.ts';

/** The VPC itself, as a list of one. */
export async function readVpc(ec2: EC2Client, vpcId: string): Promise<Vpc[]> {
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [vpcId] }));
  return (Vpcs ?? []).map(project);
}

const project = (vpc: Answer): Vpc => ({
  id: vpc.VpcId ?? '',
  cidrs: (vpc.CidrBlockAssociationSet ?? [])
    .filter(({ CidrBlockState }) => CidrBlockState?.State === 'associated')
    .map(({ CidrBlock }) => CidrBlock ?? ''),
  ipv6Cidrs: (vpc.Ipv6CidrBlockAssociationSet ?? [])
    .filter(({ Ipv6CidrBlockState }) => Ipv6CidrBlockState?.State === 'associated')
    .map(({ Ipv6CidrBlock }) => Ipv6CidrBlock ?? ''),
  dhcpOptionsId: vpc.DhcpOptionsId ?? '',
  tags: byKey(vpc.Tags),
});
