import { check } from '../../diagnosis/check.ts';
import { missingRulesOf, reworded } from '../../network/missing-rule.ts';

export const automodeNodeSgPermission = check({
  id: 'automode-node-sg-permission',
  kind: 'fault',
  stage: 'network',
  severity: 'critical',
  title: 'EKS Auto Mode is not allowed to change the security group of the nodes',
  symptom:
    'Every target behind a load balancer of EKS Auto Mode is unhealthy from the start; connections to the nodes get no answer.',
  why: `With the managed policy of the cluster role EKS Auto Mode can change only security groups named eks-cluster-sg-*. Nodes with security
groups with other names need more permissions on that role; without them the rule that admits health checks is never written.`,
  proof: `EKS Auto Mode created the target group, the target's security groups have other names than eks-cluster-sg-*, and none of their rules
admits the health check.`,
  nearMisses: [
    'The security group that EKS creates for the cluster needs no more permissions.',
    'If the rule exists, whoever created it, the permission does not matter today.',
  ],
  decidedBy:
    'the policies of the cluster role: whether they allow ec2:AuthorizeSecurityGroupIngress on that security group',
  fix: [
    {
      text: 'Allow the cluster role to change the rules of that security group.',
      change: {
        aws: 'iam put-role-policy',
        options: {
          'role-name': `"$(aws eks describe-cluster --region {region} --name {cluster} --query cluster.roleArn --output text | sed 's|.*/||')"`,
          'policy-name': 'node-security-group-rules',
          'policy-document': `'{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ec2:AuthorizeSecurityGroupIngress","ec2:RevokeSecurityGroupIngress"],"Resource":["arn:{partition}:ec2:{region}:{account}:security-group/{securityGroup}","arn:{partition}:ec2:{region}:{account}:security-group-rule/*"]}]}'`,
        },
      },
      danger: 'EKS can then change every inbound rule of that security group.',
    },
  ],
  links: [
    'https://docs.aws.amazon.com/eks/latest/userguide/auto-networking.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/auto-learn-iam.html',
  ],
  masks: ['sg-target-missing-health-check-rule', 'controller-iam-denied', 'sg-rule-removed-by-other-manager'],
  needs: ['networkInterfaces', 'securityGroups', 'subnets'],
  optional: ['prefixLists'],
  applies: ({ owner }) => owner?.controller === 'eks-auto-mode',

  run(group, network) {
    return missingRulesOf(group, network).flatMap((rule) => {
      const { target, securityGroups, confidence } = rule;
      const [custom] = securityGroups;
      if (confidence !== 'confirmed' || custom === undefined) return [];
      if (securityGroups.some(({ name }) => name.startsWith('eks-cluster-sg-'))) return [];
      const names = securityGroups.map(({ id, name }) => `${id} (${name})`).join(', ');
      const evidence = reworded(rule, {
        saw: `${names}: no rule for TCP ${target.healthCheckPort} from the load balancer, and EKS may change eks-cluster-sg-* only`,
        expected: 'a cluster role that may change the rules of the security group of the nodes',
        values: { securityGroup: custom.id, partition: group.targetGroup.arn.split(':')[1] ?? 'aws' },
      });
      // Nothing that is read tells what the role may do.
      return [{ ...evidence, confidence: 'probable' as const }];
    });
  },
});
