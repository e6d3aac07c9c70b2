import { check } from '../../diagnosis/check.ts';
import { missingRulesOf, reworded } from '../../network/missing-rule.ts';
import { isOnEniConfigInterface } from '../../network/pod-interface.ts';

export const eniconfigSgBlocksNlb = check({
  id: 'eniconfig-sg-blocks-nlb',
  kind: 'fault',
  stage: 'network',
  severity: 'critical',
  title: 'The security groups of the ENIConfig do not admit the health check to the pods',
  symptom:
    'With custom networking the pods of ip target groups are unhealthy; connections meet no answer, those to nodes work.',
  why: `With custom networking the pods live on interfaces that the VPC CNI makes after an ENIConfig: another subnet, and the security
groups that the ENIConfig names instead of those of the node. Rules on the node's groups do not reach these pods.`,
  proof: `AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG is true, the target's address is on a secondary interface whose security groups are not
those of the node's primary interface, and none of them admits the health check.`,
  nearMisses: [
    'An ENIConfig without security groups takes those of the node’s primary interface.',
    'The subnet of the ENIConfig has a network ACL and routes of its own.',
  ],
  decidedBy: 'the entries of the prefix lists that the rules name',
  fix: [
    {
      text: 'Admit the load balancer on a security group of the ENIConfig.',
      command:
        'aws ec2 authorize-security-group-ingress --region {region} --group-id {securityGroup} --ip-permissions {permission}',
    },
    {
      text: 'Or name the node’s security group in the ENIConfig.',
      command: 'kubectl get eniconfigs --output yaml',
      danger: 'A changed ENIConfig takes effect on interfaces that are made from then on: nodes have to be replaced.',
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
