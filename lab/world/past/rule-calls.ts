import type { SecurityGroupRule } from '../../../core/model/aws.ts';
import type { PastCall } from './past-call.ts';

type Call = Pick<PastCall, 'service' | 'action' | 'request' | 'response' | 'resources'>;

/** The call that takes a rule away from a security group, as EC2 answers it. */
export const revoked = (groupId: string, rule: SecurityGroupRule): Call =>
  callOn(groupId, rule, {
    verb: 'Revoke',
    response: { unknownIpPermissionSet: {}, revokedSecurityGroupRuleSet: { items: [answered(groupId, rule)] } },
  });

/** The call that adds a rule to a security group, as EC2 answers it. */
export const authorized = (groupId: string, rule: SecurityGroupRule): Call =>
  callOn(groupId, rule, {
    verb: 'Authorize',
    response: { securityGroupRuleSet: { items: [answered(groupId, rule)] } },
  });

function callOn(
  groupId: string,
  { egress, protocol, fromPort, toPort, referencedGroupId, cidrIpv4, description }: SecurityGroupRule,
  { verb, response }: { verb: 'Authorize' | 'Revoke'; response: object },
): Call {
  const source = {
    groups: referencedGroupId === undefined ? {} : { items: [{ groupId: referencedGroupId, description }] },
    ipRanges: cidrIpv4 === undefined ? {} : { items: [{ cidrIp: cidrIpv4, description }] },
  };
  return {
    service: 'ec2',
    action: `${verb}SecurityGroup${egress ? 'Egress' : 'Ingress'}`,
    request: {
      groupId,
      ipPermissions: {
        items: [{ ipProtocol: protocol, fromPort, toPort, ...source, ipv6Ranges: {}, prefixListIds: {} }],
      },
    },
    response: { _return: true, ...response },
    resources: [{ type: 'AWS::EC2::SecurityGroup', name: groupId }],
  };
}

const answered = (
  groupId: string,
  { id, egress, protocol, fromPort, toPort, referencedGroupId, cidrIpv4, description }: SecurityGroupRule,
) => ({
  groupId,
  securityGroupRuleId: id,
  isEgress: egress,
  ipProtocol: protocol,
  fromPort,
  toPort,
  ...(referencedGroupId !== undefined && { referencedGroupId }),
  ...(cidrIpv4 !== undefined && { cidrIpv4 }),
  ...(description !== undefined && { description }),
});
