import type { SecurityGroupRule } from '../../../model/aws.ts';
import { type Former, plainly, type Scene } from '../former.ts';
import type { AwsChange } from './resource-form.ts';

/** The call that authorizes again what a rule admits now. */
export function revokedRule({ options }: AwsChange, { facts, values }: Scene, former: Former): AwsChange | undefined {
  const [group, id] = [options['group-id'] ?? '', plainly(options['security-group-rule-ids'] ?? '', values)];
  const rule = facts.slices.securityGroups
    .find((each) => each.id === plainly(group, values))
    ?.rules.find((each) => each.id === id);
  if (rule === undefined) return undefined;
  const permissions = former.keep(JSON.stringify([permissionOf(rule)]));
  return {
    aws: 'ec2 authorize-security-group-ingress',
    options: { 'group-id': group, 'ip-permissions': permissions },
  };
}

/** As `--ip-permissions` has it. */
function permissionOf(rule: SecurityGroupRule): object {
  const { protocol, fromPort, toPort, cidrIpv4, cidrIpv6, prefixListId, referencedGroupId, description } = rule;
  const about = description === undefined ? {} : { Description: description };
  return {
    IpProtocol: protocol,
    ...(protocol !== '-1' && { FromPort: fromPort, ToPort: toPort }),
    ...(cidrIpv4 !== undefined && { IpRanges: [{ CidrIp: cidrIpv4, ...about }] }),
    ...(cidrIpv6 !== undefined && { Ipv6Ranges: [{ CidrIpv6: cidrIpv6, ...about }] }),
    ...(prefixListId !== undefined && { PrefixListIds: [{ PrefixListId: prefixListId, ...about }] }),
    ...(referencedGroupId !== undefined && { UserIdGroupPairs: [{ GroupId: referencedGroupId, ...about }] }),
  };
}
