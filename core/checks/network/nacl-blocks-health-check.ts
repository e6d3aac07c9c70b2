import { check } from '../../diagnosis/check.ts';
import type { Subnet } from '../../model/aws.ts';
import { freeNumberBefore, networkAclVerdict, worthTelling } from '../../network/acls/network-acls.ts';
import { asCidr, isIpv6 } from '../../network/address.ts';
import { tcp } from '../../network/clients/wire-protocol.ts';
import { pathsTo, targetsNotAdmitted } from '../../network/health-check-path.ts';

export const naclBlocksHealthCheck = check({
  id: 'nacl-blocks-health-check',
  kind: 'fault',
  stage: 'network',
  order: 1,
  severity: 'critical',
  begunBy: ['CreateNetworkAclEntry', 'DeleteNetworkAclEntry', 'ReplaceNetworkAclEntry', 'ReplaceNetworkAclAssociation'],
  title: 'A network ACL drops the health check or its answer between two subnets',
  symptom:
    'Whether a target fails depends on its subnet, not on its security groups; targets in the subnet of a load balancer node may be healthy.',
  why: `Network ACLs check every packet that enters or leaves a subnet and keep no state: a health check passes them four times, twice
towards the target and twice on the return path, where the answer goes to a port from 1024 to 65535. Inside one subnet they do not
apply, so the failure depends on the pair of subnets.`,
  proof: `For a load balancer node and a target in different subnets the entries, in the order of their numbers, deny the health check or its answer at one of these four points.`,
  nearMisses: [
    'A load balancer node in the subnet of the target is not filtered: the target may be healthy from one zone and not from the others.',
    'If only some of the reply ports are denied, the check fails now and then.',
    'Security groups need no rule for answers; network ACLs do.',
  ],
  decidedBy: 'VPC flow logs of the target’s interface: REJECT records for the answer, or none at all for the check',
  fix: [
    {
      text: 'Allow these packets with an entry that comes first, for each pair of subnets that the evidence names.',
      change: {
        aws: 'ec2 create-network-acl-entry',
        options: {
          'network-acl-id': '{networkAcl}',
          'rule-number': '{ruleNumber}',
          protocol: 'tcp',
          'port-range': '{portRange}',
          'rule-action': 'allow',
          '…': '{direction} {family} {cidr}',
        },
      },
      disturbs: 'The network ACL applies to the whole subnet, and others may rely on what it denies.',
    },
    {
      text: 'Check the other three points between the same two subnets.',
      look: { aws: 'ec2 describe-network-acls', options: '--filters Name=vpc-id,Values={vpc}' },
    },
  ],
  links: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html',
  ],
  masks: ['readiness-gate-stuck', 'app-saturated', 'hc-thresholds-too-tight'],
  needs: ['networkInterfaces', 'securityGroups', 'subnets', 'networkAcls'],
  optional: ['prefixLists'],

  run(group, facts) {
    return targetsNotAdmitted(group, facts).flatMap((target) => {
      const denials = pathsTo(target, group, facts).flatMap(({ from, to, hops }) => {
        const isAdmitted = hops.some(({ kind, verdict }) => kind === 'network ACL' && verdict.decision === 'allow');
        if (isAdmitted || from.subnetId === undefined || to.subnetId === undefined) return [];
        const { denial, by } = networkAclVerdict(
          { address: from.address, subnetId: from.subnetId },
          { address: to.address, subnetId: to.subnetId },
          tcp(target.healthCheckPort),
          facts.networkAcls,
        );
        const far = denial?.subnetId === from.subnetId ? to.subnetId : from.subnetId;
        return denial === undefined || denial.share < worthTelling ? [] : [{ denial, by, far }];
      });
      const [first] = denials;
      if (first === undefined) return [];
      return [
        {
          target,
          saw: denials.map(({ by }) => by).join('; '),
          expected: 'TCP to the health check port and back from 1024-65535 allowed between these subnets',
          confidence: denials.every(({ denial }) => denial.share === 1)
            ? ('confirmed' as const)
            : ('probable' as const),
          values: {
            networkAcl: first.denial.aclId,
            direction: first.denial.egress ? '--egress' : '--ingress',
            ruleNumber: freeNumberBefore(first.denial, facts.networkAcls),
            portRange: `From=${first.denial.fromPort},To=${first.denial.toPort}`,
            family: isIpv6(first.denial.peer) ? '--ipv6-cidr-block' : '--cidr-block',
            cidr: wholeSubnet(
              first.denial.peer,
              facts.subnets.find(({ id }) => id === first.far),
            ),
          },
        },
      ];
    });
  },
});

/** The range of the subnet in which the far end is, because load balancers and pods change their addresses in it. */
const wholeSubnet = (peer: string, subnet: Subnet | undefined): string =>
  (isIpv6(peer) ? subnet?.ipv6Cidrs[0] : subnet?.cidr) ?? asCidr(peer);
