import type { SecurityGroup, SecurityGroupRule } from '../../../core/model/aws.ts';
import type { World } from '../../world/world.ts';
import type { XmlValue } from '../aws/xml.ts';
import { listing, tagSet } from './listing.ts';

/** DescribeSecurityGroups; rules with the same protocol and ports share one permission, as EC2 groups them. */
export const describeSecurityGroups = listing<SecurityGroup>({
  set: 'securityGroupInfo',
  items: (world) => world.securityGroups,
  id: (group) => group.id,
  byId: { parameter: 'GroupId', notFound: 'InvalidGroup.NotFound' },
  tags: (group) => group.tags,
  filters: {
    'group-id': (group) => [group.id],
    'group-name': (group) => [group.name],
    'vpc-id': (group) => [group.vpcId],
  },
  show: (group, world) => ({
    groupId: group.id,
    groupName: group.name,
    groupDescription: group.name,
    ownerId: world.account,
    vpcId: group.vpcId,
    tagSet: tagSet(group.tags),
    ipPermissions: permissions(
      group.rules.filter((rule) => !rule.egress),
      world,
    ),
    ipPermissionsEgress: permissions(
      group.rules.filter((rule) => rule.egress),
      world,
    ),
  }),
});

/** What every answer about a rule says of it. */
export const basicsOf = (rule: SecurityGroupRule, group: SecurityGroup, world: World) => ({
  securityGroupRuleId: rule.id,
  groupId: group.id,
  groupOwnerId: world.account,
  isEgress: rule.egress,
  ipProtocol: rule.protocol,
  fromPort: rule.fromPort,
  toPort: rule.toPort,
  cidrIpv4: rule.cidrIpv4,
  cidrIpv6: rule.cidrIpv6,
});

/** DescribeSecurityGroupRules. */
export const describeSecurityGroupRules = listing<{ group: SecurityGroup; rule: SecurityGroupRule }>({
  set: 'securityGroupRuleSet',
  items: (world) => world.securityGroups.flatMap((group) => group.rules.map((rule) => ({ group, rule }))),
  id: ({ rule }) => rule.id,
  byId: { parameter: 'SecurityGroupRuleId', notFound: 'InvalidSecurityGroupRuleId.NotFound' },
  filters: {
    'group-id': ({ group }) => [group.id],
    'security-group-rule-id': ({ rule }) => [rule.id],
  },
  show: ({ group, rule }, world) => ({
    ...basicsOf(rule, group, world),
    prefixListId: rule.prefixListId,
    referencedGroupInfo:
      rule.referencedGroupId === undefined ? undefined : { groupId: rule.referencedGroupId, userId: world.account },
    description: rule.description,
    tagSet: [],
  }),
});

function permissions(rules: SecurityGroupRule[], world: World): XmlValue[] {
  const alike = Map.groupBy(rules, ({ protocol, fromPort, toPort }) => `${protocol}/${fromPort}/${toPort}`);
  return [...alike.values()].map((group) => {
    const [first] = group;
    const hasPorts = first !== undefined && first.protocol !== '-1';
    return {
      ipProtocol: first?.protocol,
      fromPort: hasPorts ? first.fromPort : undefined,
      toPort: hasPorts ? first.toPort : undefined,
      ipRanges: sources(group, 'cidrIpv4', 'cidrIp'),
      ipv6Ranges: sources(group, 'cidrIpv6', 'cidrIpv6'),
      prefixListIds: sources(group, 'prefixListId', 'prefixListId'),
      groups: sources(group, 'referencedGroupId', 'groupId').map((pair) => ({ ...pair, userId: world.account })),
    };
  });
}

type Source = 'cidrIpv4' | 'cidrIpv6' | 'prefixListId' | 'referencedGroupId';

function sources(rules: SecurityGroupRule[], source: Source, element: string): Record<string, XmlValue>[] {
  return rules.flatMap((rule) => {
    const value = rule[source];
    return value === undefined ? [] : [{ [element]: value, description: rule.description }];
  });
}
