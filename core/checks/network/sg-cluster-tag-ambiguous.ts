import { asksForMoreTags, managesBackendRules } from '../../controllers/load-balancer-controller.ts';
import { formatReconcileError, reconcileErrorsOf } from '../../controllers/reconcile-errors.ts';
import { check } from '../../diagnosis/check.ts';
import { serviceOf } from '../../kubernetes/service.ts';
import type { SecurityGroup } from '../../model/aws.ts';
import { missingRulesOf, reworded, taggedFor } from '../../network/missing-rule.ts';

export const sgClusterTagAmbiguous = check({
  id: 'sg-cluster-tag-ambiguous',
  kind: 'fault',
  stage: 'network',
  severity: 'critical',
  title: 'The controller cannot decide which security group its rules belong in',
  symptom:
    'No rule for the load balancer appears in the security groups of the targets; instances are not registered, ip targets give no answer.',
  why: `If an interface has several security groups, the controller writes its rules into the one with the tag of the cluster. With two
such groups, or none, it stops with an error: existing rules stay, and new Services get none.`,
  proof: `The target's interface has several security groups of which not exactly one has the tag kubernetes.io/cluster/<name>, or the
controller reports this for one of the group's interfaces in an event; and none of the groups admits the health check.`,
  nearMisses: [
    'An interface with a single security group needs no tag.',
    'Services whose rules were written earlier keep working, so only the newest fail.',
    'The tag does not matter if the controller manages no rules for the Service, nor on the interfaces of a load balancer behind this one.',
    'The controller of EKS Auto Mode is not known to use the tag.',
    'A controller with --service-target-eni-security-group-tags uses more tags: then only its own error counts.',
  ],
  decidedBy: 'the events of the TargetGroupBinding or Service, which name the groups that the controller found',
  fix: [
    {
      text: 'Keep the tag on exactly one security group of the interface; often both the node security group from Terraform and the cluster security group have it. The controller keeps security groups in memory for ten minutes, and sees the change after that.',
      when: 'extra',
      change: {
        aws: 'ec2 delete-tags',
        options: { resources: '{extra}', tags: 'Key=kubernetes.io/cluster/{cluster}' },
      },
      disturbs: 'Other tools may find the security group by this tag: Karpenter and older autoscalers do.',
    },
    {
      text: 'None of them has it: tag the one that should contain the rules. The controller sees the change after ten minutes at most.',
      when: 'untagged',
      change: {
        aws: 'ec2 create-tags',
        options: { resources: '{securityGroup}', tags: 'Key=kubernetes.io/cluster/{cluster},Value=owned' },
      },
    },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/security_groups/',
    'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2802',
  ],
  masks: [
    'ready-endpoints-not-registered',
    'sg-target-missing-health-check-rule',
    'sg-rule-removed-by-other-manager',
    'pod-sg-missing-nlb-rule',
    'eniconfig-sg-blocks-nlb',
    'controller-build-or-deploy-failed',
    'controller-not-running-or-stuck',
    'readiness-gate-stuck',
    'app-saturated',
  ],
  needs: ['networkInterfaces', 'securityGroups', 'subnets'],
  optional: ['prefixLists', 'services', 'workloads', 'targetGroupBindings', 'events'],
  applies: ({ owner, targetGroup }) => owner?.controller !== 'eks-auto-mode' && targetGroup.targetType !== 'alb',

  run(group, facts) {
    const { owner } = group;
    if (owner === undefined) return [];
    const service = serviceOf(group, facts.services ?? []);
    if (service !== undefined && !managesBackendRules(group, service, facts)) return [];
    const reported = reconcileErrorsOf(group, facts.events ?? [], facts.targetGroupBindings).find(
      ({ category }) => category === 'security-group-tags',
    );
    const words = reported === undefined ? '' : `; ${formatReconcileError(reported)}`;
    // Pods are registered all the same (LBC:pkg/targetgroupbinding/resource_manager.go).
    if (group.targets.length === 0 && group.targetGroup.targetType === 'instance' && reported !== undefined) {
      return [
        {
          saw: `no target is registered${words}`,
          expected: `one security group with the tag kubernetes.io/cluster/${owner.cluster}`,
          confidence: 'probable' as const,
        },
      ];
    }
    // EKS puts the tag back on the cluster security group (EKS user guide, "Security group requirements").
    const isOfCluster = ({ id }: SecurityGroup): boolean => id === group.cluster?.clusterSecurityGroupId;
    const wantsMoreTags = asksForMoreTags(facts.workloads ?? []);
    return missingRulesOf(group, facts).flatMap((missing) => {
      const { securityGroups } = missing;
      const tagged = taggedFor(owner.cluster, securityGroups);
      const isClear = securityGroups.length < 2 || tagged.length === 1 || wantsMoreTags;
      if (reported === undefined && isClear) return [];
      const [, extra] = tagged.toSorted((a, b) => Number(isOfCluster(b)) - Number(isOfCluster(a)));
      const names = securityGroups.map(({ id, name }) => `${id} ${name}`).join(', ');
      const state = isClear
        ? `another interface blocks the rules of all: on this one ${names} admits no`
        : `${tagged.length} of ${securityGroups.length} security groups on the interface (${names}) have the tag of the cluster, and none admits`;
      return [
        reworded(missing, {
          saw: `${state} TCP ${missing.target.healthCheckPort}${words}`,
          expected: `exactly one of ${isClear ? 'its security groups' : 'them'} with the tag kubernetes.io/cluster/${owner.cluster}`,
          values: {
            ...(extra !== undefined && { extra: extra.id }),
            ...(tagged.length === 0 && { untagged: 'yes' }),
          },
        }),
      ];
    });
  },
});
