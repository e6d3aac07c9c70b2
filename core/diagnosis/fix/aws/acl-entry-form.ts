import { plainly, type Scene } from '../former.ts';
import { toHcl } from '../hcl.ts';
import { toYaml } from '../yaml.ts';
import type { AwsChange, AwsForm } from './resource-form.ts';

/** As CloudFormation wants protocols (IANA, "Protocol Numbers"). */
const numbers = { tcp: 6, udp: 17 };

/** An entry of a network ACL that allows TCP or UDP. */
export function aclEntryForm({ options }: AwsChange, { facts, values }: Scene): AwsForm | undefined {
  const id = plainly(options['network-acl-id'] ?? '', values);
  const acl = facts.slices.networkAcls.find((each) => each.id === id);
  const [, from, to] = /^From=(\d+),To=(\d+)$/.exec(plainly(options['port-range'] ?? '', values)) ?? [];
  const [direction, family, cidr] = plainly(options['…'] ?? '', values).split(' ');
  const protocol = plainly(options.protocol ?? '', values) === 'udp' ? 'udp' : 'tcp';
  const number = Number(plainly(options['rule-number'] ?? '', values));
  if (acl?.tags === undefined || from === undefined || to === undefined || cidr === undefined) return undefined;
  const isIpv6 = family === '--ipv6-cidr-block';
  const isEgress = direction === '--egress';
  return {
    tags: acl.tags,
    terraform: toHcl('aws_network_acl_rule', {
      network_acl_id: id,
      rule_number: number,
      egress: isEgress,
      protocol,
      rule_action: 'allow',
      [isIpv6 ? 'ipv6_cidr_block' : 'cidr_block']: cidr,
      from_port: Number(from),
      to_port: Number(to),
    }),
    cloudformation: toYaml({
      Type: 'AWS::EC2::NetworkAclEntry',
      Properties: {
        NetworkAclId: id,
        RuleNumber: number,
        Egress: isEgress,
        Protocol: numbers[protocol],
        RuleAction: 'allow',
        [isIpv6 ? 'Ipv6CidrBlock' : 'CidrBlock']: cidr,
        PortRange: { From: Number(from), To: Number(to) },
      },
    }),
  };
}
