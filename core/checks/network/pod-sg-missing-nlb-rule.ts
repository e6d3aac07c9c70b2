import { check } from '../../diagnosis/check.ts';
import { podsAt } from '../../kubernetes/pod.ts';
import { nameOf } from '../../kubernetes/service.ts';
import { missingRulesOf, reworded } from '../../network/missing-rule.ts';
import { branchInterfaceOf } from '../../network/pod-interface.ts';

export const podSgMissingNlbRule = check({
  id: 'pod-sg-missing-nlb-rule',
  kind: 'fault',
  stage: 'network',
  severity: 'critical',
  title: 'The security groups that the pod has of its own do not admit the health check',
  symptom: 'Only pods with security groups of their own are unhealthy; they answer nothing.',
  why: `A SecurityGroupPolicy gives the pod a branch interface with security groups of its own. From then on the rules of the node say
nothing about it: the load balancer, the kubelet and every client need rules on those groups.`,
  proof: `The pod has the annotation vpc.amazonaws.com/pod-eni, and no rule on the groups of its branch interface admits TCP to the health
check port from the load balancer.`,
  nearMisses: [
    'Pods of the same Service without a branch interface are under the groups of their node.',
    'The kubelet needs a rule of its own from the node; its probes may pass while the load balancer is shut out.',
  ],
  decidedBy: 'the entries of the prefix lists that the rules name',
  fix: [
    {
      text: 'Admit the load balancer on a security group of the SecurityGroupPolicy; with one group, or exactly one that has the tag of the cluster, the controller keeps the rule itself.',
      command:
        'aws ec2 authorize-security-group-ingress --region {region} --group-id {securityGroup} --ip-permissions {permission}',
    },
    {
      text: 'See which policy gives these groups.',
      command: 'kubectl --namespace {namespace} get securitygrouppolicies --output yaml',
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
