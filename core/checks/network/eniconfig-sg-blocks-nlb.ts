import { check } from '../../diagnosis/check.ts';
import { admitClients } from '../../network/admit-clients.ts';
import { missingRulesOf, reworded } from '../../network/missing-rule.ts';
import { isOnEniConfigInterface } from '../../network/pod-interface.ts';

export const eniconfigSgBlocksNlb = check({
  id: 'eniconfig-sg-blocks-nlb',
  kind: 'fault',
  stage: 'network',
  severity: 'critical',
  begunBy: ['RevokeSecurityGroupIngress', 'ModifySecurityGroupRules'],
  title: 'The security groups of the ENIConfig do not admit the health check to the pods',
  symptom:
    'With custom networking the pods of ip target groups are unhealthy: connections to them get no answer, connections to nodes work.',
  why: `With custom networking the pods use interfaces that the VPC CNI creates from an ENIConfig: in another subnet, and with the security
groups that the ENIConfig names instead of those of the node. Rules in the node's groups do not apply to these pods.`,
  proof: `AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG is true, the target's address is on a secondary interface whose security groups are not
those of the node's primary interface, and none of them admits the health check.`,
  nearMisses: [
    'An ENIConfig without security groups uses those of the node’s primary interface.',
    'The subnet of the ENIConfig may have another network ACL and other routes.',
  ],
  decidedBy: 'the entries of the prefix lists that the rules name',
  fix: [
    {
      text: 'Admit the load balancer in a security group of the ENIConfig.',
      change: {
        aws: 'ec2 authorize-security-group-ingress',
        options: { 'group-id': '{securityGroup}', 'ip-permissions': '{permission}' },
      },
    },
    admitClients,
    {
      text: 'Or name the node’s security group in the ENIConfig. A changed ENIConfig applies only to interfaces created later: nodes have to be replaced.',
      look: { kubectl: 'get eniconfigs --output yaml' },
    },
  ],
  links: ['https://docs.aws.amazon.com/eks/latest/userguide/cni-custom-network.html'],
  masks: ['sg-target-missing-health-check-rule', 'readiness-gate-stuck', 'app-saturated'],
  needs: ['workloads', 'networkInterfaces', 'securityGroups', 'subnets'],
  optional: ['prefixLists'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'ip',

  run(group, facts) {
    return missingRulesOf(group, facts)
      .filter(({ target }) => isOnEniConfigInterface(target, group, facts))
      .map((missing) =>
        reworded(missing, {
          saw: `custom networking puts ${missing.target.id} under other security groups than the node; ${missing.saw}`,
          expected: `${missing.expected} by a security group of the ENIConfig`,
        }),
      );
  },
});
