import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import type { SecurityGroupRule } from '../../../core/model/aws.ts';
import type { World } from '../../../lab/world/world.ts';
import { type Names, tagList } from './names.ts';

/** Makes the groups first and then their rules, since rules name other groups. */
export async function makeSecurityGroups(ec2: EC2Client, { securityGroups }: World, names: Names): Promise<void> {
  for (const { id, name, vpcId, tags } of securityGroups) {
    if (name === 'default') {
      names.set(id, await defaultGroup(ec2, names.get(vpcId)));
      continue;
    }
    const group = { GroupName: name, Description: name, VpcId: names.get(vpcId) };
    const TagSpecifications = [{ ResourceType: 'security-group' as const, Tags: tagList(tags) }];
    const { GroupId } = await ec2.send(new CreateSecurityGroupCommand({ ...group, TagSpecifications }));
    names.set(id, GroupId);
  }
  for (const { id, rules } of securityGroups) {
    for (const rule of rules) names.set(rule.id, await makeRule(ec2, names.get(id), rule, names));
  }
}

/** The id of the group that came with the VPC. */
async function defaultGroup(ec2: EC2Client, vpcId: string): Promise<string | undefined> {
  const Filters = [
    { Name: 'vpc-id', Values: [vpcId] },
    { Name: 'group-name', Values: ['default'] },
  ];
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
  return SecurityGroups[0]?.GroupId;
}

/** The id of the rule; that which lets everything out comes with the group. */
async function makeRule(ec2: EC2Client, GroupId: string, rule: SecurityGroupRule, names: Names) {
  if (rule.egress && rule.protocol === '-1' && rule.cidrIpv4 === '0.0.0.0/0') {
    const Filters = [{ Name: 'group-id', Values: [GroupId] }];
    const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({ Filters }));
    return SecurityGroupRules.find(({ IsEgress }) => IsEgress)?.SecurityGroupRuleId;
  }
  const { referencedGroupId, cidrIpv4, description } = rule;
  const text = { ...(description !== undefined && { Description: description }) };
  const IpPermissions = [
    {
      IpProtocol: rule.protocol,
      ...(rule.protocol !== '-1' && { FromPort: rule.fromPort, ToPort: rule.toPort }),
      ...(cidrIpv4 !== undefined && { IpRanges: [{ CidrIp: cidrIpv4, ...text }] }),
      ...(referencedGroupId !== undefined && {
        UserIdGroupPairs: [{ GroupId: names.get(referencedGroupId), ...text }],
      }),
    },
  ];
  const { SecurityGroupRules = [] } = rule.egress
    ? await ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions }))
    : await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
  return SecurityGroupRules[0]?.SecurityGroupRuleId;
}
