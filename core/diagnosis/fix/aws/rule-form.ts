import type { Template } from '../../../model/fix.ts';
import { withId } from '../../../model/indexed.ts';
import { plainly, type Scene } from '../former.ts';
import { toHcl } from '../hcl.ts';
import { toYaml } from '../yaml.ts';
import type { AwsChange, AwsForm } from './resource-form.ts';

interface Permission {
  IpProtocol: string;
  FromPort?: number;
  ToPort?: number;
  UserIdGroupPairs?: { GroupId: string }[];
  IpRanges?: { CidrIp: string }[];
  Ipv6Ranges?: { CidrIpv6: string }[];
}

/** A rule of a security group: a resource for each of its sources. */
export function ruleForm({ aws, options }: AwsChange, { facts, values }: Scene): AwsForm | undefined {
  const id = plainly(options['group-id'] ?? '', values);
  const json = values[(options['ip-permissions'] ?? '').slice(1, -1)];
  const securityGroup = withId(facts.slices.securityGroups, id);
  if (securityGroup === undefined || typeof json !== 'string') return undefined;
  const direction = aws.endsWith('egress') ? 'egress' : 'ingress';
  const rules = (JSON.parse(json) as Permission[]).flatMap((permission) =>
    peersOf(permission).map((peer) => ({ permission, peer })),
  );
  return {
    tags: securityGroup.tags,
    terraform: rules
      .map(({ permission, peer }) =>
        toHcl(`aws_vpc_security_group_${direction}_rule`, terraformRule(id, permission, peer)),
      )
      .join('\n'),
    cloudformation: toYaml(
      rules.map(({ permission, peer }) => ({
        Type: `AWS::EC2::SecurityGroup${direction === 'egress' ? 'Egress' : 'Ingress'}`,
        Properties: cloudFormationRule({ id, direction }, permission, peer),
      })),
    ),
  };
}

type Peer = { group: string } | { ipv4: string } | { ipv6: string };

const peersOf = ({ UserIdGroupPairs = [], IpRanges = [], Ipv6Ranges = [] }: Permission): Peer[] => [
  ...UserIdGroupPairs.map(({ GroupId }) => ({ group: GroupId })),
  ...IpRanges.map(({ CidrIp }) => ({ ipv4: CidrIp })),
  ...Ipv6Ranges.map(({ CidrIpv6 }) => ({ ipv6: CidrIpv6 })),
];

function terraformRule(id: string, { IpProtocol, FromPort, ToPort }: Permission, peer: Peer): Record<string, Template> {
  const source =
    'group' in peer
      ? { referenced_security_group_id: peer.group }
      : 'ipv4' in peer
        ? { cidr_ipv4: peer.ipv4 }
        : { cidr_ipv6: peer.ipv6 };
  return {
    security_group_id: id,
    ...source,
    ip_protocol: IpProtocol,
    ...(FromPort !== undefined && { from_port: FromPort }),
    ...(ToPort !== undefined && { to_port: ToPort }),
  };
}

function cloudFormationRule(
  { id, direction }: { id: string; direction: 'ingress' | 'egress' },
  { IpProtocol, FromPort, ToPort }: Permission,
  peer: Peer,
): Record<string, Template> {
  const end = direction === 'egress' ? 'DestinationSecurityGroupId' : 'SourceSecurityGroupId';
  const source =
    'group' in peer ? { [end]: peer.group } : 'ipv4' in peer ? { CidrIp: peer.ipv4 } : { CidrIpv6: peer.ipv6 };
  return {
    GroupId: id,
    IpProtocol,
    ...(FromPort !== undefined && { FromPort }),
    ...(ToPort !== undefined && { ToPort }),
    ...source,
  };
}
