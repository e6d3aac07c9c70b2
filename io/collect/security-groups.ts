import {
  type DescribeSecurityGroupsRequest,
  type EC2Client,
  paginateDescribeSecurityGroupRules,
  paginateDescribeSecurityGroups,
  type SecurityGroupRule as RuleAnswer,
} from '@aws-sdk/client-ec2';
import type { SecurityGroup, SecurityGroupRule } from '../../core/model/aws.ts';
import { byKey } from '../aws/by-key.ts';
import { known } from '../aws/known.ts';
import { pages } from '../aws/pages.ts';

/** Security groups that pass a filter, still without rules. */
export async function readSecurityGroups(
  ec2: EC2Client,
  filter: Pick<DescribeSecurityGroupsRequest, 'Filters'>,
): Promise<SecurityGroup[]> {
  const groups: SecurityGroup[] = [];
  for await (const { SecurityGroups } of pages(
    paginateDescribeSecurityGroups({ client: ec2, pageSize: 1000 }, filter),
  )) {
    groups.push(
      ...(SecurityGroups ?? []).map((group) => ({
        id: group.GroupId ?? '',
        name: group.GroupName ?? '',
        vpcId: group.VpcId ?? '',
        tags: byKey(group.Tags),
        rules: [],
      })),
    );
  }
  return groups;
}

/** An EC2 filter takes up to 200 values (EC2 API reference, Filter). */
const batch = 200;

/** The EC2 filter that keeps to these security groups. */
export const withIds = (groupIds: string[]) => ({ Filters: [{ Name: 'group-id', Values: groupIds }] });

/** The same security groups with their rules. */
export async function withRules(ec2: EC2Client, groups: SecurityGroup[]): Promise<SecurityGroup[]> {
  const ids = groups.map(({ id }) => id);
  const batches = Array.from({ length: Math.ceil(ids.length / batch) }, (_, index) =>
    ids.slice(index * batch, (index + 1) * batch),
  );
  const answers = await Promise.all(batches.map((some) => readRules(ec2, some)));
  const rulesOf = Map.groupBy(answers.flat(), ({ GroupId }) => GroupId ?? '');
  return groups.map((group) => ({ ...group, rules: (rulesOf.get(group.id) ?? []).map(project) }));
}

async function readRules(ec2: EC2Client, groupIds: string[]): Promise<RuleAnswer[]> {
  const rules: RuleAnswer[] = [];
  const answers = pages(paginateDescribeSecurityGroupRules({ client: ec2, pageSize: 1000 }, withIds(groupIds)));
  for await (const { SecurityGroupRules } of answers) {
    rules.push(...(SecurityGroupRules ?? []));
  }
  return rules;
}

const project = (rule: RuleAnswer): SecurityGroupRule =>
  known({
    id: rule.SecurityGroupRuleId ?? '',
    egress: rule.IsEgress ?? false,
    protocol: rule.IpProtocol ?? '-1',
    fromPort: rule.FromPort ?? -1,
    toPort: rule.ToPort ?? -1,
    cidrIpv4: rule.CidrIpv4,
    cidrIpv6: rule.CidrIpv6,
    prefixListId: rule.PrefixListId,
    referencedGroupId: rule.ReferencedGroupInfo?.GroupId,
    description: rule.Description,
  });
