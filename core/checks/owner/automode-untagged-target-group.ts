import { bindingsOf, formatReconcileError, isHandMade, reconcileErrorsOf } from '../../controllers/reconcile-errors.ts';
import { check } from '../../diagnosis/check.ts';
import { driftNeeds, driftOf, driftOptional } from '../../diagnosis/drift.ts';
import { nameOf } from '../../kubernetes/service.ts';

/** The role of an Auto Mode cluster may change only what carries this tag (IAM policy AmazonEKSLoadBalancingPolicy). */
const tag = 'eks:eks-cluster-name';

export const automodeUntaggedTargetGroup = check({
  id: 'automode-untagged-target-group',
  kind: 'fault',
  stage: 'owner',
  severity: 'critical',
  title: 'EKS Auto Mode may not register targets with a target group that has no tag of the cluster',
  symptom: 'A target group from Terraform or CloudFormation stays empty, although its TargetGroupBinding is correct.',
  why: `The role of an EKS Auto Mode cluster may register and deregister targets only with target groups that have the tag ${tag} with
the name of the cluster. Its controller writes the tag on what it creates; a target group that you create needs it from you.`,
  proof: `A TargetGroupBinding of the API group eks.amazonaws.com that the controller did not write fills the target group, the group lacks the
tag, and ready endpoints are not registered.`,
  nearMisses: [
    'A TargetGroupBinding of elbv2.k8s.aws belongs to the AWS Load Balancer Controller, whose policy needs no such tag.',
    'If targets are registered, the role has another policy that allows it.',
  ],
  decidedBy: 'the event of the TargetGroupBinding, or RegisterTargets with AccessDenied in CloudTrail',
  fix: [
    {
      text: 'Give the target group the tag, in the template that creates it too.',
      change: {
        aws: 'elbv2 add-tags',
        options: { 'resource-arns': '{targetGroup}', tags: `Key=${tag},Value={cluster}` },
      },
    },
  ],
  links: [
    'https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-nlb.html',
    'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEKSLoadBalancingPolicy.html',
  ],
  masks: ['ready-endpoints-not-registered', 'controller-iam-denied', 'stale-targets-not-deregistered'],
  needs: [...driftNeeds, 'targetGroups', 'targetGroupBindings'],
  optional: [...driftOptional, 'workloads', 'events'],
  applies: ({ owner }) => owner?.controller === 'eks-auto-mode',

  run(group, facts) {
    const [binding] = bindingsOf(group, facts.targetGroupBindings);
    const { cluster } = group;
    if (binding?.group !== 'eks.amazonaws.com' || !isHandMade(binding) || cluster === null) return undefined;
    const found = group.targetGroup.tags[tag];
    if (found === cluster.name) return [];
    const refusal = reconcileErrorsOf(group, facts.events ?? [], facts.targetGroupBindings).find(
      ({ category, event }) => category === 'iam' && /(Der|R)egisterTargets/.test(event.note),
    );
    const drifts = driftOf(group, facts).filter(({ kind }) => kind === 'missing' || kind === 'stale');
    return drifts.map((drift) => ({
      ...(drift.target && { target: drift.target }),
      ...(drift.missing && { missing: drift.missing }),
      saw: [
        `${nameOf(binding)} binds a target group ${found === undefined ? `without the tag ${tag}` : `whose tag ${tag} is ${found}`}`,
        drift.saw,
        ...(refusal ? [formatReconcileError(refusal)] : []),
      ].join('; '),
      expected: `the tag ${tag}=${cluster.name} on the target group`,
      confidence: refusal === undefined ? ('probable' as const) : ('confirmed' as const),
    }));
  },
});
