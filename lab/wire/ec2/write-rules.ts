import { isDeepStrictEqual } from 'node:util';
import type { SecurityGroup, SecurityGroupRule } from '../../../core/model/aws.ts';
import { resourceId } from '../../world/identifier.ts';
import type { World } from '../../world/world.ts';
import { listOf, type Parameters, structuresOf } from '../aws/parameters.ts';
import type { Action } from '../aws/service.ts';
import { ServiceError } from '../aws/service-error.ts';
import { basicsOf } from './security-groups.ts';

type Direction = 'ingress' | 'egress';

/** AuthorizeSecurityGroupIngress and AuthorizeSecurityGroupEgress: all rules of the call or, where one is there already, none. */
export const authorize =
  (direction: Direction): Action =>
  (parameters, world) => {
    const group = findGroup(parameters['GroupId'], world);
    const added = rulesIn(parameters, direction);
    const known = added.find((rule) => group.rules.some((each) => isSame(each, rule)));
    if (known !== undefined) {
      throw new ServiceError('InvalidPermission.Duplicate', `the specified rule "${describe(known)}" already exists`);
    }
    if (group.rules.filter(({ egress }) => egress === (direction === 'egress')).length + added.length > rulesPerGroup) {
      throw new ServiceError(
        'RulesPerSecurityGroupLimitExceeded',
        'The maximum number of rules per security group has been reached.',
      );
    }
    const rules = added.map((rule, index) => ({
      ...rule,
      id: resourceId('sgr', `${group.id} ${world.now} ${group.rules.length + index} ${describe(rule)}`),
    }));
    group.rules.push(...rules);
    return {
      return: true,
      securityGroupRuleSet: rules.map((rule) => basicsOf(rule, group, world)),
    };
  };

/** RevokeSecurityGroupIngress and RevokeSecurityGroupEgress, by the ids of rules or by what they say. */
export const revoke =
  (direction: Direction): Action =>
  (parameters, world) => {
    const group = findGroup(parameters['GroupId'], world);
    const ids = listOf(parameters, 'SecurityGroupRuleId');
    const unwanted = rulesIn(parameters, direction);
    const lost = ids.find((id) => !group.rules.some((rule) => rule.id === id));
    if (lost !== undefined) {
      throw new ServiceError(
        'InvalidSecurityGroupRuleId.NotFound',
        `The security group rule ID '${lost}' does not exist`,
      );
    }
    group.rules = group.rules.filter((rule) => !ids.includes(rule.id) && !unwanted.some((each) => isSame(each, rule)));
    return { return: true };
  };

/** Inbound and outbound rules, each, that a security group takes by default (VPC user guide, "Amazon VPC quotas"). */
const rulesPerGroup = 60;

function findGroup(id: string | undefined, { securityGroups }: World): SecurityGroup {
  const found = securityGroups.find((group) => group.id === id);
  if (found !== undefined) return found;
  throw new ServiceError('InvalidGroup.NotFound', `The security group '${id}' does not exist`);
}

type NewRule = Omit<SecurityGroupRule, 'id'>;

/** One rule for each source of each permission, or the one of the old parameters. */
function rulesIn(parameters: Parameters, direction: Direction): NewRule[] {
  const permissions = structuresOf(parameters, 'IpPermissions');
  const { IpProtocol, CidrIp } = parameters;
  const all = IpProtocol === undefined ? permissions : [{ ...parameters, 'IpRanges.1.CidrIp': CidrIp ?? '' }];
  return all.flatMap((permission) => {
    const { IpProtocol: protocol = '-1', FromPort = '-1', ToPort = FromPort } = permission;
    const ports =
      protocol === '-1' ? { fromPort: -1, toPort: -1 } : { fromPort: Number(FromPort), toPort: Number(ToPort) };
    const rule = { egress: direction === 'egress', protocol, ...ports };
    return sourcesOf(permission).map(({ Description, ...source }) => ({
      ...rule,
      ...source,
      ...(Description !== undefined && { description: Description }),
    }));
  });
}

type Source = Pick<NewRule, 'cidrIpv4' | 'cidrIpv6' | 'prefixListId' | 'referencedGroupId'> & { Description?: string };

const sourcesOf = (permission: Parameters): Source[] => [
  ...structuresOf(permission, 'IpRanges').map(({ CidrIp = '', ...rest }) => ({ ...rest, cidrIpv4: CidrIp })),
  ...structuresOf(permission, 'Ipv6Ranges').map(({ CidrIpv6 = '', ...rest }) => ({ ...rest, cidrIpv6: CidrIpv6 })),
  ...structuresOf(permission, 'PrefixListIds').map(({ PrefixListId = '', ...rest }) => ({
    ...rest,
    prefixListId: PrefixListId,
  })),
  ...structuresOf(permission, 'Groups').map(({ GroupId = '', UserId: _, ...rest }) => ({
    ...rest,
    referencedGroupId: GroupId,
  })),
];

const isSame = (a: NewRule, b: NewRule): boolean => isDeepStrictEqual(essence(a), essence(b));

const essence = ({ egress, protocol, fromPort, toPort, ...rule }: NewRule) => ({
  where: [egress, protocol, fromPort, toPort],
  from: [rule.cidrIpv4, rule.cidrIpv6, rule.prefixListId, rule.referencedGroupId],
});

const describe = (rule: NewRule): string =>
  `peer: ${rule.referencedGroupId ?? rule.cidrIpv4 ?? rule.cidrIpv6 ?? rule.prefixListId}, ${rule.protocol.toUpperCase()}, from port: ${rule.fromPort}, to port: ${rule.toPort}, ALLOW`;
