import { check } from '../../diagnosis/check.ts';
import { podsAt } from '../../kubernetes/pod.ts';
import { nameOf } from '../../kubernetes/service.ts';
import { admitClients } from '../../network/admit-clients.ts';
import { missingRulesOf, reworded } from '../../network/missing-rule.ts';
import { branchInterfaceOf } from '../../network/pod-interface.ts';

export const podSgMissingNlbRule = check({
  id: 'pod-sg-missing-nlb-rule',
  kind: 'fault',
  stage: 'network',
  severity: 'critical',
  begunBy: ['RevokeSecurityGroupIngress', 'ModifySecurityGroupRules'],
  title: 'The pod’s own security groups do not admit the health check',
  symptom: 'Only pods that have their own security groups are unhealthy; they give no answer.',
  why: `A SecurityGroupPolicy gives the pod a branch interface with its own security groups. The rules of the node then no longer apply to
it: the load balancer, the kubelet and every client need rules in those groups.`,
  proof: `The pod has the annotation vpc.amazonaws.com/pod-eni, and no rule in the groups of its branch interface admits TCP to the health
check port from the load balancer.`,
  nearMisses: [
    'The security groups of the node apply to pods of the same Service without a branch interface.',
    'The kubelet needs another rule that admits the node; its probes may pass while the load balancer is blocked.',
  ],
  decidedBy: 'the entries of the prefix lists that the rules name',
  fix: [
    {
      text: 'Admit the load balancer in a security group of the SecurityGroupPolicy; with one group, or exactly one that has the tag of the cluster, the controller manages the rule itself.',
      change: {
        aws: 'ec2 authorize-security-group-ingress',
        options: { 'group-id': '{securityGroup}', 'ip-permissions': '{permission}' },
      },
    },
    admitClients,
    {
      text: 'Find the SecurityGroupPolicy that assigns these groups.',
      look: { kubectl: 'get securitygrouppolicies --output yaml', in: '{namespace}' },
    },
  ],
  links: ['https://docs.aws.amazon.com/eks/latest/userguide/security-groups-for-pods.html'],
  masks: ['sg-target-missing-health-check-rule', 'readiness-gate-stuck', 'app-saturated'],
  needs: ['pods', 'networkInterfaces', 'securityGroups', 'subnets'],
  optional: ['prefixLists'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'ip',

  run(group, facts) {
    return missingRulesOf(group, facts).flatMap((missing) => {
      const [pod] = podsAt(missing.target.id, facts.pods);
      const branch = branchInterfaceOf(pod);
      if (pod === undefined || branch === undefined) return [];
      return [
        reworded(missing, {
          saw: `${nameOf(pod)} has the branch interface ${branch}; ${missing.saw}`,
          expected: `${missing.expected} by a security group of the pod`,
        }),
      ];
    });
  },
});
