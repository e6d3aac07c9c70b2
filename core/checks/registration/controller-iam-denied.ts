import { formatReconcileError, reconcileErrorsOf, refusedBy, roleOf } from '../../controllers/reconcile-errors.ts';
import { check } from '../../diagnosis/check.ts';
import { type Drift, driftNeeds, driftOf, driftOptional, evidenceForDrift } from '../../diagnosis/drift.ts';
import { formatCall, lossOf, refusalOf } from '../../history/changes/culprits.ts';

/** The calls by which the controller fixes each kind of drift (LBC:docs/install/iam_policy.json). */
const calls: Record<Drift['kind'], RegExp> = {
  missing: /RegisterTargets|DescribeTargetHealth|DescribeTargetGroups|CreateTargetGroup/,
  stale: /RegisterTargets|DeregisterTargets|DescribeTargetHealth|DescribeTargetGroups/,
  settings: /TargetGroup|DescribeListener|DescribeLoadBalancer/,
  rule: /SecurityGroup|DescribeNetworkInterfaces|DescribeInstances/,
};

export const controllerIamDenied = check({
  id: 'controller-iam-denied',
  kind: 'fault',
  riskWhenHealthy: true,
  stage: 'registration',
  severity: 'critical',
  title: 'AWS refuses the controller a call that it needs',
  symptom:
    'Targets or security group rules are missing, often since an upgrade of the controller without its new policy.',
  why: `The controller acts in AWS under an IAM role. A newer version makes calls that an older policy does not allow, and a boundary or
organization policy may deny what the role's own policy grants. Whatever the refused call should have written, a rule, a target or a
setting, is then missing.`,
  proof: `The last event of the controller about the Service or its binding reports refused access, and what the refused call should have
written is missing: the rule for the health check, a target, or a setting of the target group. Where CloudTrail is read, the refused
call is proven by its record, and the call that took a permission from the role is named.`,
  nearMisses: [
    'A rule is missing without such an event: `sg-target-missing-health-check-rule`.',
    'If AWS has everything that the Service requests, the refusal is a risk for the next change.',
  ],
  decidedBy:
    'the refused call in CloudTrail (errorCode AccessDenied or Client.UnauthorizedOperation) under the role of the controller',
  fix: [
    {
      only: ['aws-load-balancer-controller', 'aws-load-balancer-controller-gateway'],
      text: 'Give the role the policy that belongs to the version of the controller. The annotation of its ServiceAccount names the role.',
      look: {
        kubectl:
          'get deployment,serviceaccount --selector app.kubernetes.io/name=aws-load-balancer-controller --output jsonpath=\'{..image}{"\\n"}{..eks\\.amazonaws\\.com/role-arn}\'',
        in: '{controllerNamespace}',
      },
    },
    {
      only: ['aws-load-balancer-controller', 'aws-load-balancer-controller-gateway'],
      text: 'Without that annotation the role comes from an association of EKS Pod Identity, or is that of the nodes.',
      look: {
        aws: 'eks list-pod-identity-associations',
        options: '--cluster-name {cluster} --namespace {controllerNamespace}',
      },
    },
    {
      text: 'This controller has the role of the cluster.',
      only: ['cloud-provider-aws', 'eks-auto-mode'],
      look: { aws: 'eks describe-cluster', options: '--name {cluster} --query cluster.roleArn --output text' },
    },
    {
      text: 'Do not only add the missing rule by hand: the next change needs the permission again.',
    },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/#configure-iam',
    'https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/docs/install/iam_policy.json',
  ],
  masks: ['pod-sg-missing-nlb-rule', 'eniconfig-sg-blocks-nlb'],
  masksEvery: ['driftSymptom', 'healthCheckMismatch'],
  needs: [...driftNeeds, 'events'],
  optional: [...driftOptional, 'workloads', 'targetGroupBindings', 'changes'],

  run(group, facts) {
    const refusals = reconcileErrorsOf(group, facts.events, facts.targetGroupBindings).filter(
      ({ category }) => category === 'iam',
    );
    const [last] = refusals;
    if (last === undefined) return [];
    const past = { changes: facts.changes, metrics: undefined };
    return evidenceForDrift(group, driftOf(group, facts), (drift) => {
      const fitting = drift && refusals.find(({ event }) => calls[drift.kind].test(event.note));
      const error = fitting ?? last;
      const role = roleOf(error);
      const recorded = refusalOf(refusedBy(error), role, past);
      const loss = role === undefined ? undefined : lossOf(role, recorded?.at ?? error.event.lastSeen, past);
      // Without credentials it makes none of its calls.
      const isFitting = fitting !== undefined || recorded?.action === 'AssumeRoleWithWebIdentity';
      return {
        saw: [
          formatReconcileError(error),
          ...(recorded ? [`refused by AWS: ${formatCall(recorded)}`] : []),
          ...(loss ? [`its role was changed by ${formatCall(loss)}`] : []),
          ...(drift ? [drift.saw] : []),
        ].join('; '),
        expected: 'a role that may make every call of the controller',
        confidence: isFitting ? 'confirmed' : 'probable',
        ...((recorded || loss) && { calls: [recorded, loss].flatMap((call) => call?.id ?? []) }),
      };
    });
  },
});
