import type { SecurityGroupRule } from '../../../core/model/aws.ts';
import type { PastCall } from './past-call.ts';

/** The call that takes a rule away from a security group, as EC2 answers it. */
export function revoked(
  groupId: string,
  rule: SecurityGroupRule,
): Pick<PastCall, 'service' | 'action' | 'request' | 'response' | 'resources'> {
  const { id, protocol, fromPort, toPort, referencedGroupId, cidrIpv4, description } = rule;
  const source = {
    groups: referencedGroupId === undefined ? {} : { items: [{ groupId: referencedGroupId, description }] },
    ipRanges: cidrIpv4 === undefined ? {} : { items: [{ cidrIp: cidrIpv4, description }] },
  };
  return {
    service: 'ec2',
    action: rule.egress ? 'RevokeSecurityGroupEgress' : 'RevokeSecurityGroupIngress',
    request: {
      groupId,
      ipPermissions: {
        items: [{ ipProtocol: protocol, fromPort, toPort, ...source, ipv6Ranges: {}, prefixListIds: {} }],
      },
    },
    response: {
      _return: true,
      unknownIpPermissionSet: {},
      revokedSecurityGroupRuleSet: {
        items: [
          {
            groupId,
            securityGroupRuleId: id,
            isEgress: rule.egress,
            ipProtocol: protocol,
            fromPort,
            toPort,
            ...(referencedGroupId !== undefined && { referencedGroupId }),
            ...(cidrIpv4 !== undefined && { cidrIpv4 }),
            ...(description !== undefined && { description }),
          },
        ],
      },
    },
    resources: [{ type: 'AWS::EC2::SecurityGroup', name: groupId }],
  };
}
