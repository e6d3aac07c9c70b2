import { controllersOf } from '../../controllers/controller.ts';
import { wantsOpen, writtenByController } from '../../controllers/load-balancer-controller.ts';
import { bindingsOf, type ReconcileError, reconcileErrorsOf } from '../../controllers/reconcile-errors.ts';
import { check } from '../../diagnosis/check.ts';
import { formatCall, removalOf } from '../../history/changes/culprits.ts';
import { podsAt } from '../../kubernetes/pod.ts';
import { admitClients } from '../../network/admit-clients.ts';
import { missingRulesOf, reworded } from '../../network/missing-rule.ts';
import { branchInterfaceOf, isOnEniConfigInterface } from '../../network/pod-interface.ts';

export const sgRuleRemovedByOtherManager = check({
  id: 'sg-rule-removed-by-other-manager',
  kind: 'fault',
  stage: 'network',
  severity: 'critical',
  driftSymptom: true,
  title: 'Another tool removes the rule that the controller writes into the security group',
  symptom:
    'All targets turned unhealthy at once and stay so; after a repair they fail again at the next run of another tool.',
  why: `The controller writes the rule for the load balancer into a security group that another tool also manages. Terraform with inline
rules, or a second controller with the same cluster name, removes rules that it does not know. Since release 2.10 the controller skips
bindings that have not changed since its checkpoint, so the rule stays missing until its next full pass, hours later, or until the
checkpoint is removed.`,
  proof: `The TargetGroupBinding requests a rule for the health check port, the controller runs and reports no error, this controller manages
the target group, and yet no rule of the controller is left in the security groups of the target. It is confirmed where CloudTrail
shows which other identity removed the rule before the targets became unhealthy.`,
  nearMisses: [
    'A rule of the controller that exists but is too narrow was changed by hand: `sg-target-missing-health-check-rule`.',
    'A controller without permission, or one that does not run, never wrote the rule; its events and pods show this.',
    'A binding without networking requests no rule.',
  ],
  decidedBy: 'RevokeSecurityGroupIngress events of CloudTrail for the security group: who sent them, and when',
  fix: [
    {
      text: 'Make the controller write its rule again: without the checkpoint it reconciles the binding at once.',
      change: { wake: 'binding' },
      when: 'binding',
    },
    {
      text: 'Or add by hand now what is missing for the health check and for traffic.',
      change: {
        aws: 'ec2 authorize-security-group-ingress',
        options: { 'group-id': '{securityGroup}', 'ip-permissions': '{permission}' },
      },
      danger: 'The other tool removes it again until it is configured to keep rules that it does not know.',
    },
    admitClients,
    {
      text: 'Find the other tool and resolve the conflict: no inline rules in Terraform for this security group, one controller per cluster, a different name for each cluster.',
      look: {
        aws: 'cloudtrail lookup-events',
        options: `--lookup-attributes AttributeKey=ResourceName,AttributeValue={securityGroup} --query "Events[?EventName=='RevokeSecurityGroupIngress'].[EventTime,Username]" --output table`,
      },
    },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/configurations/',
    'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2185',
  ],
  masks: ['sg-target-missing-health-check-rule', 'readiness-gate-stuck', 'app-saturated'],
  needs: ['networkInterfaces', 'securityGroups', 'subnets', 'targetGroupBindings', 'workloads', 'pods', 'events'],
  optional: ['prefixLists', 'metrics', 'changes'],
  applies: ({ owner }) =>
    owner?.controller === 'aws-load-balancer-controller' ||
    owner?.controller === 'aws-load-balancer-controller-gateway',

  run(group, facts) {
    const controllers = controllersOf(facts.workloads);
    const isRunning = controllers.some(({ status }) => status.availableReplicas > 0);
    if (!isRunning || reconcileErrorsOf(group, facts.events, facts.targetGroupBindings).some(isAboutRules)) return [];
    const [binding] = bindingsOf(group, facts.targetGroupBindings);
    return missingRulesOf(group, facts).flatMap((missing) => {
      const { target, securityGroups, confidence } = missing;
      if (confidence !== 'confirmed') return [];
      const [pod] = podsAt(target.id, facts.pods);
      // Interfaces that only some pods have are told apart by checks of their own.
      if (branchInterfaceOf(pod) !== undefined) return [];
      if (isOnEniConfigInterface(target, group, facts)) return [];
      if (!wantsOpen(group, target.healthCheckPort, facts.targetGroupBindings)) return [];
      if (securityGroups.some(({ rules }) => rules.some(writtenByController))) return [];
      const several =
        controllers.length > 1
          ? `; ${controllers.length} controllers run: ${controllers.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`).join(', ')}`
          : '';
      const removal = removalOf(
        group,
        {
          securityGroups: securityGroups.map(({ id }) => id),
          port: target.healthCheckPort,
          peers: [...(group.loadBalancer?.securityGroups ?? []), ...missing.sources],
        },
        facts,
      );
      return [
        {
          ...reworded(missing, {
            saw: `the TargetGroupBinding requests TCP ${target.healthCheckPort} and the controller reports no error with it, but ${securityGroups.map(({ id }) => id).join(', ')} holds no rule of the controller${several}${removal === undefined ? '' : `; its rule was removed by ${formatCall(removal)}`}`,
            expected: 'the rule described elbv2.k8s.aws/targetGroupBinding=shared',
            ...(binding && {
              values: { binding: binding.metadata.name, bindingNamespace: binding.metadata.namespace ?? 'default' },
            }),
          }),
          confidence: removal === undefined ? ('probable' as const) : ('confirmed' as const),
          ...(removal && { calls: [removal.id] }),
        },
      ];
    });
  },
});

/**
 * False for a Service that the controller cannot make a load balancer of: the binding that it has is served apart, with its
 * rules (LBC:controllers/elbv2/targetgroupbinding_controller.go). What AWS refuses may be refused there too.
 */
const isAboutRules = ({ event, category }: ReconcileError): boolean =>
  event.reason !== 'FailedBuildModel' || category === 'iam' || category === 'throttling';
