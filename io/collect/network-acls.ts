import { type NetworkAcl as Answer, type EC2Client, paginateDescribeNetworkAcls } from '@aws-sdk/client-ec2';
import type { NetworkAcl } from '../../core/model/aws.ts';
import { byKey } from '../aws/by-key.ts';
import { known } from '../aws/known.ts';
import { pages } from '../aws/pages.ts';
import { inVpc } from './in-vpc.ts';

/** Network ACLs of one VPC with all entries. */
export async function readNetworkAcls(ec2: EC2Client, vpcId: string): Promise<NetworkAcl[]> {
  const acls: NetworkAcl[] = [];
  for await (const { NetworkAcls } of pages(
    paginateDescribeNetworkAcls({ client: ec2, pageSize: 1000 }, inVpc(vpcId)),
  )) {
    acls.push(...(NetworkAcls ?? []).map(project));
  }
  return acls;
}

const project = (acl: Answer): NetworkAcl => ({
  id: acl.NetworkAclId ?? '',
  vpcId: acl.VpcId ?? '',
  isDefault: acl.IsDefault ?? false,
  tags: byKey(acl.Tags),
  subnetIds: (acl.Associations ?? []).map(({ SubnetId }) => SubnetId ?? ''),
  entries: (acl.Entries ?? []).map((entry) =>
    known({
      egress: entry.Egress ?? false,
      ruleNumber: entry.RuleNumber ?? 0,
      protocol: entry.Protocol ?? '-1',
      action: entry.RuleAction === 'allow' ? ('allow' as const) : ('deny' as const),
      cidr: entry.CidrBlock,
      ipv6Cidr: entry.Ipv6CidrBlock,
      fromPort: entry.PortRange?.From,
      toPort: entry.PortRange?.To,
    }),
  ),
});
